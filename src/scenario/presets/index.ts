import type { Catalog, HardwareFields, HardwareInfo, PresetInfo } from '../catalog'
import { cpuHardware } from './cpu'
import { cpuPresets } from './cpu-presets'
import { gpuHardware } from './gpu'
import { gpuPresets } from './gpu-presets'
import { linkHardware } from './link'
import { linkPresets } from './link-presets'
import { memoryHardware } from './memory'
import { memoryPresets } from './memory-presets'
import { nicHardware } from './nic'
import { nicPresets } from './nic-presets'
import { switchHardware } from './switch'
import { switchPresets } from './switch-presets'

export { protocols } from './link'

/** What left-out fields come from: every field at its default. */
const plain: PresetInfo = {
  name: 'plain',
  label: 'Plain',
  summary: 'A device of today without a maker: every field at its default.',
  values: {},
  source: 'The example of the scenario format',
  cited: [],
  assumed: [],
}

const withPlain = (info: HardwareFields, presets: readonly PresetInfo[]): HardwareInfo => ({
  ...info,
  presets: [plain, ...presets],
})

/** Every kind of hardware with its fields and presets. */
export const hardware: Catalog['hardware'] = {
  cpu: withPlain(cpuHardware, cpuPresets),
  memory: withPlain(memoryHardware, memoryPresets),
  gpu: withPlain(gpuHardware, gpuPresets),
  nic: withPlain(nicHardware, nicPresets),
  switch: withPlain(switchHardware, switchPresets),
  link: { ...linkHardware, presets: linkPresets },
}
