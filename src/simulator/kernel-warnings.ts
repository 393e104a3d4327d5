import type { Scenario } from '../scenario/scenario'
import { gib } from './leasing'
import type { KernelCode } from './services/kernel-code'
import type { Machine } from './services/machine'

/** Kernels that find no GPU with room beside the instances that were placed there: they wait until one leaves, or for ever. */
export function kernelWarnings(
  scenario: Scenario,
  machine: Machine,
  warn: (path: string, message: string) => void,
): void {
  for (const code of machine.program.kernels) {
    if (code.mayBeOnCore || code.pools.length === 0) continue
    const need = code.inputBytes + code.outputBytes
    const room = mostRoom(machine, code)
    if (need > room)
      warn(
        pathOf(scenario, code.name),
        `a kernel needs ${gib(need)} of GPU memory, and beside the instances placed there at most ${gib(room)} are left: it waits until one leaves`,
      )
  }
}

/** The most that one GPU of those that a kernel may run on has left, bytes. */
function mostRoom({ devices, local }: Machine, { pools }: KernelCode): number {
  let most = 0
  for (const node of pools)
    for (let device = devices.nodeFirst[node]; device < devices.nodeFirst[node + 1]; device += 1)
      most = Math.max(most, local.roomBytes(device))
  return most
}

/** @param name `kv.get#0` */
function pathOf({ application: { services } }: Scenario, name: string): string {
  const [owner, rest] = name.split('.')
  const service = services.findIndex(({ id }) => id === owner)
  const operation = services[service].operations.findIndex(({ id }) => id === rest.split('#')[0])
  return `application.services[${service}].operations[${operation}].steps`
}
