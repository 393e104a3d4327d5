/** What `npm run validate` needs: the cases and how they are written down. */
export { cases } from '../index'
export { documentText, figureFile, strongest } from './markdown'
export { shownError, shownNumber } from './numbers'
export { readRecorded, recordedText, recordedWith, type Recorded } from './recorded'
export { figureSvg } from './svg'
