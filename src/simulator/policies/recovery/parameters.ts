import { number, positive } from '../../../scenario/presets/describe'

export const detectMs = number(
  'detectMs',
  'Detection',
  'ms',
  10,
  'Time from the failure of a device until others know of it: then what it held starts elsewhere, and who had asked it fails.',
  { maximum: 1e9 },
)

export const writeBackMs = positive(
  'writeBackMs',
  'Write-back',
  'ms',
  10,
  'How often what an instance has changed in local memory (dirtyMiBps) is written to the pools; what came after is lost with its host.',
  { maximum: 1e9 },
)
