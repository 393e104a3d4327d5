export { changedPaths } from '../scenario/changed-paths'
