import { choice } from '../../../scenario/presets/describe'

export const onFull = choice(
  'onFull',
  'When full',
  ['wait', 'spill', 'reject'],
  'What an allocation does that fits nowhere: wait until it fits, or fail the instance.',
  {
    notYet: ['spill'],
  },
)
