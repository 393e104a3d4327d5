import type { Catalog, HardwareInfo, PresetInfo } from '../catalog'
import { cpuHardware } from './cpu'
import { gpuHardware } from './gpu'
import { linkHardware } from './link'
import { memoryHardware } from './memory'
import { nicHardware } from './nic'
import { switchHardware } from './switch'

export { protocols } from './link'

/** What left-out fields come from: every field at its default. */
const plain: PresetInfo = {
  name: 'plain',
  label: 'Plain',
  summary: 'A device of today without a maker: every field at its default.',
  values: {},
  source: 'The example of the scenario format',
  assumed: [],
}

const withPlain = (info: HardwareInfo): HardwareInfo => ({ ...info, presets: [plain, ...info.presets] })

/** Every kind of hardware with its fields and presets. */
export const hardware: Catalog['hardware'] = {
  cpu: withPlain(cpuHardware),
  memory: withPlain(memoryHardware),
  gpu: withPlain(gpuHardware),
  nic: withPlain(nicHardware),
  switch: withPlain(switchHardware),
  link: linkHardware,
}
