export { linkLength, MOST_KEPT_CHARACTERS, type LinkLength } from './link-length'
export { failureText, type LinkFailure } from './link-failure'
export {
  addressText,
  emptyAddress,
  fragmentOf,
  readAddress,
  type LinkAddress,
  type LinkBranch,
  type LinkTheme,
} from './link-address'
export type { LinkSelection, LinkSelectionKind } from './selection-text'
export { readScenarioParameter, scenarioParameter } from './scenario-parameter'
