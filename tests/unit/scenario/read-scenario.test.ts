import { describe, expect, test } from 'vitest'
import { checkDocument, readScenario } from '../../../src/scenario/read-scenario'
import { scenarioText } from '../../../src/scenario/scenario-text'
import { catalog } from '../../../src/simulator/catalog'
import { problemsWith, rack, rackWith, scenarioWith } from '../../support/small-rack'

const service = 'application.services[1]'
const step = `${service}.operations[0].steps[0]`

describe('defaults', () => {
  test('are those of the format', () => {
    const { application, workload, policies, faults, run, topology } = scenarioWith({})
    expect(application.rpc).toEqual({ cyclesPerMessage: 0, cyclesPerByte: 0 })
    expect(application.services[1]).toMatchObject({
      replicas: 1,
      threads: null,
      queueLimit: null,
      dispatch: 'shared',
      runsOn: ['cpu'],
      on: null,
      footprintMiB: 0,
      dirtyMiBps: 0,
      localShare: 1,
      locality: { model: 'uniform' },
    })
    expect(application.services[1].operations[0]).toMatchObject({ id: 'get', stream: 'kv.get' })
    expect(workload.sources[0]).toMatchObject({ requestBytes: 0, responseBytes: 0, stream: 'users' })
    expect(policies).toEqual({
      placement: { use: 'first-fit', yardstick: false, mostNodes: 20_000 },
      loadBalancing: { use: 'least-loaded' },
      memory: {
        ...{ use: 'first-fit', onFull: 'wait', copies: 1, leaseMs: null, tieringMiBps: null, tieringPeriodMs: 10 },
        ...{ highWatermark: null, lowWatermark: null, reclaimMiBps: 1024, reclaimPeriodMs: 10 },
      },
      offload: { use: 'never', rpc: null },
      migration: {
        use: 'never',
        mechanism: 'pre-copy',
        downtimeTargetMs: 10,
        maxRounds: 30,
        stopWhenNotShrinking: true,
        controlPeriodMs: 20,
      },
      scaling: { use: 'fixed' },
      recovery: { use: 'restart', detectMs: 10 },
      orders: [],
    })
    expect(faults).toEqual([])
    expect(run).toEqual({
      seed: 1,
      warmupSeconds: 0,
      durationSeconds: 1,
      replications: 1,
      fidelity: 'burst',
      amortizationYears: 3,
      electricityUsdPerKwh: 0.0733,
      powerUsageEffectiveness: 1.58,
    })
    expect(topology.racks).toEqual([])
    expect(topology.nodes[3]).toMatchObject({ kind: 'switch', count: 1 })
  })

  test('of a link follow from its protocol and its preset', () => {
    const links = scenarioWith({
      'topology.links[0].lossless': false,
      'topology.links[1]': { id: 'm', from: 'mem', to: 'tor', preset: 'infiniband-ndr', bandwidthGbps: 300 },
      'topology.links[2].protocol': 'ideal',
    }).topology.links
    expect(links[0]).toMatchObject({
      protocol: 'cxl',
      payloadBytes: 64,
      headerBytes: 4,
      lossless: false,
      access: 'loadstore',
      lanes: 1,
    })
    expect(links[1]).toMatchObject({
      protocol: 'rdma',
      payloadBytes: 4096,
      headerBytes: 26,
      lossless: true,
      access: 'paging',
      bandwidthGbps: 300,
      propagationNs: 20,
    })
    expect(links[2]).toMatchObject({
      protocol: 'ideal',
      payloadBytes: null,
      headerBytes: 0,
      bandwidthGbps: null,
      propagationNs: 0,
    })
  })

  test('of a device follow from its preset, which may stand as a bare name', () => {
    const bare = scenarioWith({ 'topology.nodes[0].spec': 'xeon-6430' }).topology.nodes[0]
    const object = scenarioWith({ 'topology.nodes[0].spec': { preset: 'xeon-6430', cores: 2 } }).topology.nodes[0]
    expect(bare.spec).toMatchObject({ preset: 'xeon-6430', cores: 32, frequencyGHz: 2.1, speed: 1 })
    expect(object.spec).toEqual({ ...bare.spec, cores: 2 })
    expect(scenarioWith({ 'topology.nodes[0].spec': 'plain' })).toEqual(scenarioWith({}))
  })

  test('an order takes the mechanism of the migration policy', () => {
    const order = { atSeconds: 0, do: 'migrate', service: 'kv', to: { node: 'cpu', device: 1 } }
    const { policies } = scenarioWith({ 'policies.migration.mechanism': 'stop-and-copy', 'policies.orders': [order] })
    expect(policies.orders).toEqual([{ ...order, instance: 0, mechanism: 'stop-and-copy' }])
  })

  test('a bare node id means any of its devices', () => {
    const { application, faults } = scenarioWith({
      [`${service}.on`]: 'cpu',
      faults: [{ atSeconds: 0, target: 'cpu', effect: 'slow', factor: 2 }],
    })
    expect(application.services[1].on).toEqual({ node: 'cpu', device: null })
    expect(faults[0].target).toEqual({ node: 'cpu', device: null })
  })
})

describe('what is allowed', () => {
  test('a filled scenario reads back as itself', () => {
    const scenario = scenarioWith({})
    expect(readScenario(scenarioText(scenario), catalog)).toMatchObject({ scenario, problems: [] })
  })

  test('labels are free text and stay, also places on the screen', () => {
    const { topology, application } = scenarioWith({
      'topology.nodes[0].label': 'Häuser / №1',
      'topology.nodes[0].at': { x: -12.5, y: 1e6 },
      [`${service}.label`]: '',
    })
    expect(topology.nodes[0]).toMatchObject({ label: 'Häuser / №1', at: { x: -12.5, y: 1e6 } })
    expect(application.services[1]).toMatchObject({ label: '' })
  })

  test('steps may be empty, and so may branches and options', () => {
    expect(problemsWith({ [`${service}.operations[0].steps`]: [] })).toEqual([])
    expect(problemsWith({ [step]: { do: 'parallel', branches: [[], []] } })).toEqual([])
    expect(problemsWith({ [step]: { do: 'choose', options: [{ probability: 1 }] } })).toEqual([])
  })

  test('an empty scenario is one in which nothing happens', () => {
    const { scenario, problems } = checkDocument({ format: 'unrack-scenario', version: 1 }, catalog)
    expect(scenario?.topology.nodes).toEqual([])
    expect(problems).toEqual([
      { path: 'workload.sources', message: 'nothing arrives, as there are no sources', severity: 'warning' },
    ])
  })

  test('bounds of replicas need a policy that scales, and the other way round', () => {
    const use = (name: string): Record<string, { use: string }> => ({ 'policies.scaling': { use: name } })
    expect(problemsWith({ ...use('queue-length'), [`${service}.maxReplicas`]: 4 })).toEqual([])
    expect(problemsWith({ [`${service}.maxReplicas`]: 4 })).toEqual([
      `warning: ${service}: its number of instances stays, as the scaling policy is "fixed"`,
    ])
    expect(problemsWith(use('keep-alive'))).toEqual([
      'warning: policies.scaling.use: "keep-alive" changes nothing, as no service has minReplicas or maxReplicas other than replicas',
    ])
  })

  test('probabilities may miss 1 by less than a billionth', () => {
    const options = [0.1, 0.2, 0.7].map((probability) => ({ probability, steps: [] }))
    expect(problemsWith({ [step]: { do: 'choose', options } })).toEqual([])
  })
})

describe('what is refused', () => {
  test.each([
    [
      'topology.links[2].to',
      'tor9',
      'topology.links[2].to: no node "tor9" (did you mean "tor"? nodes: cpu, mem, nic, tor)',
    ],
    [
      'topology.nodes[1].spec.capacityGiB',
      0,
      'topology.nodes[1].spec.capacityGiB: a memory pool needs more than 0; got 0',
    ],
    [
      'topology.links[2]',
      { id: 'l', from: 'nic', to: 'tor', preset: 'roce-100' },
      expect.stringContaining(
        'topology.links[2].preset: no preset "roce-100" for a link (did you mean "roce-100g"? presets: ',
      ),
    ],
    [
      'workload.sources[0].entry',
      'web.hom',
      'workload.sources[0].entry: no operation "web.hom" (did you mean "home"? operations of web: home)',
    ],
    [
      'workload.sources[0].entry',
      'wep.home',
      'workload.sources[0].entry: no service "wep" (did you mean "web"? services: web, kv)',
    ],
    ['topology.nodes[0].spec.coress', 4, 'topology.nodes[0].spec: unknown field "coress" (did you mean "cores"?)'],
    [
      'topology.nodes[0].spec',
      'xeon',
      'topology.nodes[0].spec: no preset "xeon" for a CPU pool (presets: plain, xeon-6430, ice-lake-sp, cascade-lake-sp, skylake-sp, xeon-8592-plus, epyc-9654, graviton-3, ampere-altra-q80-30, nvidia-grace)',
    ],
    [
      'topology.nodes[0].kind',
      'cup',
      'topology.nodes[0].kind: a node needs "cpu", "memory", "gpu", "nic" or "switch"; got "cup" (did you mean "cpu"?)',
    ],
    [
      'topology.nodes[2].spec.engines',
      [{ work: 'crypto', bandwidthGBps: 0 }],
      'topology.nodes[2].spec.engines[0].bandwidthGBps: an engine needs more than 0; got 0',
    ],
    ['topology.nodes[2].spec.speed', 0, 'topology.nodes[2].spec.speed: a NIC pool needs 0.001 or more; got 0'],
    [
      'topology.nodes[0].spec.cores',
      1e5,
      'topology.nodes[0].spec.cores: a CPU pool needs a whole number, at most 4096; got 100000',
    ],
    ['run.seed', 2 ** 60, 'run.seed: a run needs a whole number, at most 9007199254740991; got 1152921504606847000'],
    [`${service}.localShare`, 1.5, `${service}.localShare: a service needs 0 to 1; got 1.5`],
    [
      `${service}.threads`,
      0,
      `${service}.threads: a service needs a whole number, 1 or more, or null (unlimited); got 0`,
    ],
    [`${service}.runsOn`, [], `${service}.runsOn: a service needs at least one kind of device; got an empty list`],
    [`${service}.runsOn`, ['cpu', 'cpu'], `${service}.runsOn[1]: every kind once; got "cpu" again`],
    [
      `${service}.on`,
      { node: 'cpu', device: 2 },
      `${service}.on: no device 2 in node "cpu", which has 2 (the first is 0)`,
    ],
    [
      `${service}.locality`,
      { model: 'zipf' },
      `${service}.locality.exponent: a locality needs a number, 0 or more; got nothing`,
    ],
    [
      `${service}.locality`,
      {
        model: 'curve',
        points: [
          [0.5, 0.9],
          [0.5, 1],
        ],
      },
      `${service}.locality.points[1]: local shares rise from point to point; got 0.5 after 0.5`,
    ],
    [
      step,
      { do: 'kernel', flops: 1, bytes: 1, offload: ['gpu'] },
      `${step}.offload: there is no GPU pool to run it, and it does not list "cpu"`,
    ],
    [
      step,
      { do: 'call', to: 'kv' },
      `${step}.to: an operation is named as "service.operation"; got "kv" (operations of kv: get)`,
    ],
    [
      `${step}.offload`,
      ['gpu'],
      `${step}.offload: a compute step needs a core; what a GPU runs is a kernel step; got "gpu"`,
    ],
    [
      'workload.sources[0].arrivals.ratePerSecond',
      -1,
      'workload.sources[0].arrivals.ratePerSecond: a source needs 0 or more; got -1',
    ],
    [
      'policies.placement.use',
      'best-fitting',
      'policies.placement.use: no placement policy "best-fitting" (did you mean "best-fit"? policies: first-fit, best-fit, worst-fit, spread, pack, random, round-robin, power-of-two-choices, nearest-to-callers, dominant-resource-fit, anti-affinity, exact and 1 more)',
    ],
    [
      `${service}.minReplicas`,
      -1,
      `${service}.minReplicas: a service needs a whole number, 0 or more, or null (as many as replicas); got -1`,
    ],
    [`${service}.minReplicas`, 1000, `${service}.minReplicas: at most replicas, which is 1; got 1000`],
    [`${service}.coldStartMs`, -5, `${service}.coldStartMs: a service needs 0 or more; got -5`],
    ['run.seed', -1, 'run.seed: a run needs a whole number, 0 or more; got -1'],
    ['run.durationSeconds', 0, 'run.durationSeconds: a run needs more than 0; got 0'],
  ])('%s = %j', (path, value, message) => {
    expect(problemsWith({ [path]: value })).toEqual([message])
  })

  test('bounds of replicas include what a service begins with', () => {
    const bounds = { [`${service}.replicas`]: 3, [`${service}.minReplicas`]: 4, [`${service}.maxReplicas`]: 2 }
    expect(problemsWith(bounds).slice(0, 2)).toEqual([
      `${service}.minReplicas: at most replicas, which is 3; got 4`,
      `${service}.maxReplicas: at least replicas, which is 3; got 2`,
    ])
  })

  test('a run may last just under 2^53 ps and no longer', () => {
    expect(problemsWith({ run: { warmupSeconds: 7, durationSeconds: 9000 } })).toEqual([])
    expect(problemsWith({ run: { warmupSeconds: 7.2, durationSeconds: 9000 } })[0]).toMatch(/^run: .* got 9007.2 s$/)
  })

  test('all problems are told at once', () => {
    expect(problemsWith({ 'topology.nodes[0].count': -1, [`${service}.replicas`]: 0, 'run.seed': 0.5 })).toHaveLength(3)
  })

  test('what a wrong node breaks is not told again', () => {
    expect(problemsWith({ 'topology.nodes[2].kind': 'nick' })).toHaveLength(1)
    expect(problemsWith({ 'topology.nodes[0].id': '-cpu', 'topology.links[0].from': '-cpu' })).toHaveLength(1)
  })

  test('a document full of mistakes is answered with the first thousand and a count', () => {
    const nodes = Array.from({ length: 1500 }, (_, index) => ({ id: `n${index}`, kind: 'cpu', count: 0 }))
    const { problems } = checkDocument(rackWith({ 'topology.nodes': nodes, 'topology.links': [] }), catalog)
    expect(problems).toHaveLength(1001)
    expect(problems.at(-1)!.message).toMatch(/^and \d+ more problems$/)
  })
})

describe('what is no document', () => {
  test.each([null, 1, 'text', [], undefined, () => 1, Symbol('s'), 10n, NaN])('%s is refused', (value) => {
    const { scenario, document, problems } = checkDocument(value, catalog)
    expect({ scenario, document }).toEqual({ scenario: null, document: null })
    expect(problems.length).toBeGreaterThan(0)
  })

  test('cycles, throwing fields and reserved keys are refused without an exception', () => {
    const cycle: Record<string, unknown> = { ...rack }
    cycle.name = cycle
    const trap = {
      ...rack,
      get name(): string {
        throw new Error('trap')
      },
    }
    const reserved = { ...rack, run: Object.fromEntries([['__proto__', { seed: 2 }]]) }
    for (const value of [cycle, trap, reserved]) expect(checkDocument(value, catalog).scenario).toBeNull()
  })
})
