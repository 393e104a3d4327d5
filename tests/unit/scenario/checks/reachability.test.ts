import { describe, expect, test } from 'vitest'
import { problemsWith } from '../../../support/small-rack'

const [web, kv] = ['application.services[0]', 'application.services[1]']
const far = { [`${kv}.footprintMiB`]: 1024, [`${kv}.localShare`]: 0.5 }
const link = (from: string, to: string, id = 'x') => ({ id, from, to, protocol: 'cxl' })

describe('far memory', () => {
  test('is fine over a switch, and over a link of its own', () => {
    expect(problemsWith(far)).toEqual([])
    expect(problemsWith({ ...far, 'topology.links[1].to': 'cpu' })).toEqual([])
  })

  test('needs a pool that can be reached', () => {
    const message = `${kv}.localShare: 0.5 leaves 512 MiB to memory pools, but none can be reached from cpu (memory pools: mem)`
    const alone = { 'topology.nodes[4]': { id: 'lone', kind: 'switch' }, 'topology.links[1].to': 'lone' }
    expect(problemsWith({ ...far, ...alone })).toEqual([message])
    expect(problemsWith({ ...far, 'topology.nodes[1].kind': 'gpu', 'topology.nodes[1].spec': {} })).toEqual([
      `${kv}.localShare: 0.5 leaves 512 MiB to memory pools, but none can be reached from cpu (there are no memory pools)`,
    ])
  })

  test('is not reached through another pool', () => {
    const nodes = {
      'topology.nodes[4]': { id: 'cpu2', kind: 'cpu' },
      'topology.links[1].to': 'cpu2',
      [`${kv}.on`]: 'cpu',
    }
    expect(problemsWith({ ...far, ...nodes, [`${web}.on`]: 'cpu' })).toEqual([
      `${kv}.localShare: 0.5 leaves 512 MiB to memory pools, but none can be reached from cpu (memory pools: mem)`,
    ])
  })

  test('is doubtful where only some of the pools reach it', () => {
    const nodes = { 'topology.nodes[4]': { id: 'cpu2', kind: 'cpu' }, 'topology.links[3]': link('cpu2', 'cpu') }
    expect(problemsWith({ ...far, ...nodes, [`${web}.on`]: 'cpu' })).toContain(
      `warning: ${kv}.localShare: an instance placed on cpu2 reaches no memory pool`,
    )
  })
})

describe('messages', () => {
  test('pass through a NIC pool that stands between a CPU pool and a switch', () => {
    const links = [link('cpu', 'nic', 'a'), link('nic', 'tor', 'b'), link('mem', 'tor', 'c')]
    expect(problemsWith({ ...far, 'topology.links': links })).toEqual([])
  })

  test('need a way from the NIC pool to the service', () => {
    expect(problemsWith({ 'topology.nodes[0].count': 1, 'topology.links': [] })).toEqual([
      'workload.sources[0].via: no links lead from NIC pool "nic" (on nic) to service "web" (on cpu)',
    ])
  })

  test('need a way from caller to callee', () => {
    const apart = { [`${kv}.runsOn`]: ['nic'], 'workload.sources[0].via': null, 'topology.links': [] }
    expect(problemsWith({ ...apart, [`${web}.on`]: { node: 'cpu', device: 0 } })).toEqual([
      `${web}.operations[0].steps[0].to: no links lead from service "web" (on cpu) to service "kv" (on nic)`,
    ])
  })

  test('between devices of a pool without links are doubtful, on one device they need none', () => {
    const alone = { 'workload.sources[0].via': null, 'topology.links': [] }
    expect(problemsWith(alone)).toEqual([
      `warning: ${web}.operations[0].steps[0].to: service "web" and service "kv" may come to stand on two devices of cpu, which no links join`,
    ])
    expect(problemsWith({ ...alone, 'topology.nodes[0].count': 1 })).toEqual([])
  })

  test('need a way to where a step is offloaded', () => {
    const nodes = { 'topology.nodes[4]': { id: 'dpu', kind: 'nic' } }
    const map = [{ operation: 'kv.get', step: 0, to: 'dpu' }]
    const policies = {
      'policies.offload': { use: 'static', map },
      [`${kv}.operations[0].steps[0].offload`]: ['cpu', 'nic'],
    }
    expect(problemsWith({ ...nodes, ...policies })).toEqual([
      'policies.offload.map[0].to: no links lead from NIC pool "dpu" (on dpu) to service "kv" (on cpu)',
    ])
  })
})

test('a service needs a kind of device that is there and has cores', () => {
  expect(problemsWith({ [`${kv}.runsOn`]: ['nic'], 'topology.nodes[2].spec': { cores: 0 } })).toEqual([
    `${kv}.runsOn: no device can run service "kv": there is no NIC pool with cores`,
  ])
})
