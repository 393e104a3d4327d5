import { expect } from 'vitest'
import type { Run } from '../../src/simulator/run'
import * as State from '../../src/simulator/services/instance-state'
import * as Op from '../../src/simulator/services/op'
import * as Stage from '../../src/simulator/services/stage'

/** Tokens at a device whose kernel is away, by device; and those of them that wait for room. */
export function kernelsAt(run: Run): { readonly all: number[]; readonly held: number[]; readonly bytes: number[] } {
  const { tokens, program, devices, batches } = run.machine
  const [all, held, bytes] = [0, 1, 2].map(() => devices.names.map(() => 0))
  const need = (token: number): number => {
    const code = program.kernels[program.arg[tokens.pc[token]]]
    return code.inputBytes + code.outputBytes
  }
  tokens.pool.liveMap().forEach((live, token) => {
    if (live === 0 || tokens.stage[token] !== Stage.away || program.code[tokens.pc[token]] !== Op.kernel) return
    all[tokens.device[token]] += 1
    bytes[tokens.device[token]] += need(token)
  })
  devices.names.forEach((_, device) => {
    for (let token = batches.heldHead[device]; token >= 0; token = tokens.next[token]!) {
      held[device] += 1
      bytes[device] -= need(token)
    }
  })
  return { all, held, bytes }
}

/** Every byte of the devices' own memory belongs to an instance, a move or a kernel. */
export function expectMemory(run: Run): void {
  const { instances, local } = run.machine
  const used = Float64Array.from(kernelsAt(run).bytes)
  instances.state.forEach((state, instance) => {
    if (state >= State.starting) used[instances.device[instance]] += instances.localBytes[instance]
  })
  for (const { held, from, to, resume, outcome } of run.migrations.list)
    if (outcome === 'running') used[Number.isNaN(resume) ? to : from] += held
  expect([...local.used]).toEqual([...used])
  local.devices.forEach((device, i) => {
    if (device) expect(local.used[i]).toBeLessThanOrEqual(device.capacityBytes)
  })
}
