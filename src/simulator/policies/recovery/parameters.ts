import { number } from '../../../scenario/presets/describe'

export const detectMs = number(
  'detectMs',
  'Detection',
  'ms',
  10,
  'Time from the failure of a device until others know of it: then what it held starts elsewhere, and who had asked it fails.',
  { maximum: 1e9 },
)
