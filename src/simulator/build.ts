import type {
  Attempts,
  CacheUse,
  ComputeStep,
  CpuSpec,
  Distribution,
  KernelStep,
  Scenario,
  Service,
  Step,
  TopologyNode,
} from '../scenario/scenario'
import { GIB, MIB } from '../units/data'
import { PS_PER_MS, PS_PER_SECOND, PS_PER_US, roundHalfUp } from '../units/time'
import { buildNetwork, firstDevices, listDevices } from './build-network'
import { EventQueue } from './engine/event-queue'
import { RandomStreams, hashString32 } from './engine/random'
import type { ChannelInfo, InstanceInfo, RunShape } from './display'
import type { MissCurve } from './hardware/cache-sharing'
import { Cores, type CoreSpec } from './hardware/cores'
import { DisplayLog } from './hardware/display-log'
import { Fabric } from './hardware/fabric'
import { Engines } from './hardware/engines'
import { Gpus, type GpuDevice } from './hardware/gpu'
import { Health } from './hardware/health'
import { LocalMemories, type LocalMemory } from './hardware/local-memory'
import { MemoryChannels, memoryDevice } from './hardware/memory'
import { NicPipelines, type NicDevice } from './hardware/nic'
import { Slabs } from './hardware/slabs'
import { hitRatio } from './services/locality'
import { AttemptRecords, type AttemptRule } from './services/attempt-records'
import { Batches } from './services/batches'
import { CacheShares } from './services/cache-shares'
import { CpiStack } from './services/cpi-stack'
import { Executions } from './services/executions'
import { Instances, type ServiceSpec } from './services/instances'
import type { DeviceTable } from './services/device-table'
import { Lives } from './services/lives'
import type { Machine } from './services/machine'
import { Measures } from './services/measures'
import { OffloadShadows } from './services/offload-shadows'
import { compileProgram, type OperationSpec, type StepSpec } from './services/program'
import { Tokens } from './services/tokens'
import { offloadPolicies } from './policies/offload/index'
import { Sources, type SourceSpec } from './workloads/sources'

/** A rack at rest, built from a scenario: nothing is placed and nothing asked yet. */
export interface Built {
  readonly machine: Machine
  readonly sources: Sources
  readonly shape: RunShape
}

/** The only place that knows both the document and the machine. */
export function build(scenario: Scenario, seed: number): Built {
  const { nodes } = scenario.topology
  const streams = new RandomStreams(seed)
  const queue = new EventQueue()
  const log = new DisplayLog()
  const devices = nodes.flatMap((node) => Array.from({ length: node.count }, () => node))
  const memories = devices.map((node) => (node.kind === 'memory' ? memoryDevice(node.spec) : null))
  const rules = new Rules()
  const operations = operationSpecs(scenario, rules)
  const program = compileProgram(operations, streams)
  const names = operations.map((operation) => operation.name)
  const sourceRules = Int32Array.from(scenario.workload.sources, (source) => rules.of(source.attempts))
  const entries = scenario.workload.sources.map((source) => names.indexOf(source.entry))
  const warmupPs = roundHalfUp(scenario.run.warmupSeconds * PS_PER_SECOND)
  const endPs = roundHalfUp((scenario.run.warmupSeconds + scenario.run.durationSeconds) * PS_PER_SECOND)
  const table = deviceTable(nodes)
  const instances = new Instances(scenario.application.services.map(serviceSpec))
  const cores = new Cores(devices.map(coreSpec))
  const engines = new Engines(devices.map((node) => (node.kind === 'nic' ? node.spec.engines : [])))
  const gpus = new Gpus(devices.map(gpuDevice))
  const health = new Health(devices.length)
  const machine: Machine = {
    queue,
    streams,
    log,
    devices: table,
    fabric: new Fabric(buildNetwork(scenario), queue, log, scenario.run.fidelity),
    cores,
    memory: new MemoryChannels(memories),
    local: new LocalMemories(devices.map(localMemory)),
    nics: new NicPipelines(devices.map(nicDevice)),
    engines,
    gpus,
    shadows: new OffloadShadows(queue, cores, gpus, engines),
    slabs: new Slabs(memories),
    health,
    program,
    instances,
    executions: new Executions(),
    tokens: new Tokens(),
    attempts: new AttemptRecords(rules.list),
    sourceRules,
    batches: new Batches(
      devices.map((node) => node.kind === 'gpu'),
      program.kernels.length,
    ),
    measures: new Measures(
      operations.length,
      entries,
      scenario.workload.sources.map((source) => hashString32(source.stream)),
      warmupPs,
      queue.clock,
    ),
    stack: new CpiStack(instances.count),
    lives: new Lives(instances.services.length),
    caches: new CacheShares({ queue, devices: table, instances }),
    rpc: {
      ...scenario.application.rpc,
      nicNode: nodes.findIndex((node) => node.id === scenario.policies.offload['rpc']),
    },
    fidelity: scenario.run.fidelity,
    isSteady: scenario.faults.length === 0,
    endPs,
  }
  return {
    machine,
    sources: new Sources(sourceSpecs(scenario, entries), streams, queue, endPs, health),
    shape: runShape(scenario, machine, names, warmupPs),
  }
}

function deviceTable(nodes: readonly TopologyNode[]): DeviceTable {
  const list = listDevices(nodes)
  const faultNs = (node: TopologyNode): number =>
    node.kind === 'cpu' || node.kind === 'nic' ? node.spec.pageFaultNs : 0
  const parallelism = (node: TopologyNode): number =>
    node.kind === 'gpu' || node.kind === 'switch' ? 1 : node.spec.memoryParallelism
  return {
    names: list.map((device) => device.id),
    kinds: list.map((device) => device.kind),
    node: Int32Array.from(list, (device) => device.node),
    nodeFirst: firstDevices(nodes),
    parallelism: Int32Array.from(list, (device) => parallelism(nodes[device.node])),
    flopsPerCycle: Float64Array.from(list, (device) => {
      const node = nodes[device.node]
      return node.kind === 'cpu' || node.kind === 'nic' ? node.spec.flopsPerCycle : 1
    }),
    llcMib: Float64Array.from(list, (device) => llcMib(nodes[device.node])),
    pageFaultPs: Float64Array.from(list, (device) => roundHalfUp(faultNs(nodes[device.node]) * 1000)),
  }
}

function coreSpec(node: TopologyNode): CoreSpec {
  const plain = { quantumPs: Infinity, switchPs: 0 }
  if (node.kind === 'gpu' || node.kind === 'switch')
    return { cores: 0, frequencyGHz: 1, baseCpi: 1, speed: 1, ...plain }
  const { cores, frequencyGHz, baseCpi, speed } = node.spec
  return { cores, frequencyGHz, baseCpi, speed, ...(node.kind === 'cpu' ? slicing(node.spec) : plain) }
}

function llcMib(node: TopologyNode): number {
  return node.kind === 'cpu' ? node.spec.llcMiB : -1
}

function missCurve(use: CacheUse | undefined): MissCurve | null {
  if (use === undefined) return null
  return use.model === 'curve' ? use : { ...use, workingSetMiB: use.workingSetMiB ?? Infinity }
}

function slicing({ quantumUs, contextSwitchNs }: CpuSpec): Pick<CoreSpec, 'quantumPs' | 'switchPs'> {
  const quantumPs = quantumUs === null ? Infinity : Math.max(1, roundHalfUp(quantumUs * PS_PER_US))
  return { quantumPs, switchPs: roundHalfUp(contextSwitchNs * 1000) }
}

function localMemory(node: TopologyNode): LocalMemory | null {
  if (node.kind === 'gpu')
    return {
      latencyPs: 0,
      linePs: 64000 / node.spec.memoryBandwidthGBps,
      capacityBytes: node.spec.memoryGiB * GIB,
      loadedPs: 0,
      loadedPole: 2,
    }
  if (node.kind !== 'cpu' && node.kind !== 'nic') return null
  const { localLatencyNs, localBandwidthGBps } = node.spec
  return {
    latencyPs: roundHalfUp(localLatencyNs * 1000),
    linePs: 64000 / localBandwidthGBps,
    loadedPs: (node.kind === 'cpu' ? node.spec.loadedLatencyNs : 0) * 1000,
    loadedPole: node.kind === 'cpu' ? node.spec.loadedLatencyPole : 2,
    capacityBytes: (node.kind === 'cpu' ? node.spec.localMemoryGiB : node.spec.memoryGiB) * GIB,
  }
}

function gpuDevice(node: TopologyNode): GpuDevice | null {
  if (node.kind !== 'gpu') return null
  return {
    flopsPerPs: node.spec.peakTflops,
    bytesPerPs: node.spec.memoryBandwidthGBps / 1000,
    launchPs: roundHalfUp(node.spec.launchUs * PS_PER_US),
    streams: node.spec.streams,
  }
}

function nicDevice(node: TopologyNode): NicDevice | null {
  if (node.kind !== 'nic') return null
  return {
    messagePs: roundHalfUp(node.spec.messageNs * 1000),
    gapPs: roundHalfUp(PS_PER_SECOND / node.spec.messagesPerSecond),
  }
}

function serviceSpec(service: Service): ServiceSpec {
  const footprintBytes = service.footprintMiB * MIB
  return {
    id: service.id,
    replicas: service.replicas,
    isElastic: isElastic(service),
    slots: Math.max(service.replicas, service.maxReplicas ?? 0),
    coldStartPs: roundHalfUp((service.coldStartMs ?? 0) * PS_PER_MS),
    threads: service.threads ?? Infinity,
    queueLimit: service.queueLimit ?? Infinity,
    shedAfterPs: service.shedAfterMs === undefined ? Infinity : roundHalfUp(service.shedAfterMs * PS_PER_MS),
    dispatch: service.dispatch,
    runsOn: service.runsOn,
    footprintBytes,
    localShare: service.localShare,
    locality: service.locality,
    remoteShare: 1 - hitRatio(service.locality, service.localShare, footprintBytes),
    stateBytes: service.stateMiB === null ? -1 : service.stateMiB * MIB,
    contextBytes: service.contextKiB * 1024,
    dirtyBytesPerSecond: service.dirtyMiBps * MIB,
    writableBytes: service.writableMiB === null ? Infinity : service.writableMiB * MIB,
    pinned: service.on !== null,
    codeBytes: (service.codeMiB ?? 0) * MIB,
    offloadStateBytes: (service.offloadStateMiB ?? 0) * MIB,
    cache: missCurve(service.cache),
  }
}

function isElastic({ replicas, minReplicas, maxReplicas, coldStartMs }: Service): boolean {
  return (minReplicas ?? replicas) < replicas || (maxReplicas ?? replicas) > replicas || coldStartMs !== undefined
}

function operationSpecs(scenario: Scenario, rules: Rules): OperationSpec[] {
  const { offload } = scenario.policies
  const policy = offloadPolicies.find((candidate) => candidate.name === offload.use)
  if (!policy) throw new RangeError(`no offload policy "${offload.use}"`)
  const nodes = scenario.topology.nodes.map((node) => node.id)
  const gpus = [...scenario.topology.nodes.keys()].filter((i) => scenario.topology.nodes[i].kind === 'gpu')
  return scenario.application.services.flatMap((service, index) =>
    service.operations.map((operation) => {
      const name = `${service.id}.${operation.id}`
      const targets = stepPaths(operation.steps, '').flatMap((path) => {
        const pool = policy.target(name, path, offload)
        return pool === null ? [] : [[path, nodes.indexOf(pool)] as const]
      })
      return {
        name,
        service: index,
        stream: operation.stream,
        steps: operation.steps.map((step) => stepSpec(step, gpus, rules)),
        offload: new Map(targets),
        chooses: new Map(policy.chooser === undefined ? [] : choosingSteps(operation.steps, scenario.topology.nodes)),
      }
    }),
  )
}

/** The rules of attempts of a scenario, each where it stands: its budget is its own. */
class Rules {
  readonly list: AttemptRule[] = []

  /** Number of a rule; -1: there is none. */
  of(attempts: Attempts | undefined): number {
    if (attempts === undefined) return -1
    const ps = (us: number | null): number => (us === null ? Infinity : Math.max(1, roundHalfUp(us * PS_PER_US)))
    return (
      this.list.push({
        timeoutPs: ps(attempts.timeoutUs),
        retries: attempts.retries,
        backoffPs: roundHalfUp(attempts.backoffUs * PS_PER_US),
        budget: attempts.retryBudget ?? Infinity,
        hedgePs: ps(attempts.hedgeAfterUs),
      }) - 1
    )
  }
}

/** Paths of all steps, those inside others too: `/0`, `/1.0/2` for step 2 of branch 0 of step 1. */
function stepPaths(steps: readonly Step[], prefix: string): string[] {
  return steps.flatMap((step, i) => {
    const path = `${prefix}/${i}`
    return [path, ...innerLists(step).flatMap((list, j) => stepPaths(list, `${path}.${j}`))]
  })
}

/** Steps that may run in more than one place, by their paths: the pools that they may be sent to. */
function choosingSteps(steps: readonly Step[], nodes: readonly TopologyNode[], prefix = ''): [string, number[]][] {
  return steps.flatMap((step, i): [string, number[]][] => {
    const path = `${prefix}/${i}`
    const pools = step.do === 'compute' || step.do === 'kernel' ? poolsFor(step, nodes) : []
    const inner = innerLists(step).flatMap((list, j) => choosingSteps(list, nodes, `${path}.${j}`))
    return pools.length > 0 ? [[path, pools], ...inner] : inner
  })
}

/** Kernels go to GPUs, compute steps to cores, or to engines for their work; one that lists nothing but CPUs stays. */
function poolsFor(step: ComputeStep | KernelStep, nodes: readonly TopologyNode[]): number[] {
  if (!step.offload.some((kind) => kind !== 'cpu')) return []
  return [...nodes.keys()].filter((i) => {
    const node = nodes[i]
    if (node.kind === 'switch' || !step.offload.includes(node.kind)) return false
    if (step.do === 'kernel' || node.kind === 'gpu') return step.do === 'kernel' && node.kind === 'gpu'
    return node.spec.cores > 0 || (node.kind === 'nic' && node.spec.engines.some((engine) => engine.work === step.work))
  })
}

function innerLists(step: Step): readonly (readonly Step[])[] {
  if (step.do === 'parallel') return step.branches
  return step.do === 'choose' ? step.options.map((option) => option.steps) : []
}

/** @param gpus nodes that are GPU pools */
function kernelSpec(step: KernelStep, gpus: readonly number[]): StepSpec {
  const { flops, bytes, inputBytes, outputBytes, sharedBytes, batchSize, batchWindowUs, offload } = step
  return {
    do: 'kernel',
    flops,
    bytes,
    inputBytes,
    outputBytes,
    sharedBytes,
    batchSize,
    batchWindowPs: roundHalfUp(batchWindowUs * PS_PER_US),
    repeat: step.repeat === 1 ? null : repeatOf(step.repeat),
    onCore: offload.includes('cpu') || !offload.includes('gpu'),
    pools: gpus,
  }
}

function repeatOf(repeat: KernelStep['repeat']): Distribution {
  return typeof repeat === 'number' ? { dist: 'constant', value: repeat } : repeat
}

function stepSpec(step: Step, gpus: readonly number[], rules: Rules): StepSpec {
  switch (step.do) {
    case 'kernel':
      return kernelSpec(step, gpus)
    case 'parallel':
      return {
        do: 'parallel',
        branches: step.branches.map((branch) => branch.map((inner) => stepSpec(inner, gpus, rules))),
      }
    case 'choose':
      return {
        do: 'choose',
        options: step.options.map(({ probability, steps }) => ({
          probability,
          steps: steps.map((inner) => stepSpec(inner, gpus, rules)),
        })),
      }
    case 'call':
      return { ...step, rule: rules.of(step.attempts) }
    default:
      return step
  }
}

function sourceSpecs(scenario: Scenario, entries: readonly number[]): SourceSpec[] {
  const first = firstDevices(scenario.topology.nodes)
  return scenario.workload.sources.map((source, i) => {
    const node = scenario.topology.nodes.findIndex((candidate) => candidate.id === source.via)
    const count = node < 0 ? 0 : scenario.topology.nodes[node].count
    const { stream, requestBytes, responseBytes, arrivals } = source
    return {
      stream,
      operation: entries[i],
      requestBytes,
      responseBytes,
      arrivals,
      nics: Array.from({ length: count }, (_, d) => first[node] + d),
    }
  })
}

function runShape(scenario: Scenario, machine: Machine, operations: readonly string[], warmupPs: number): RunShape {
  const lanes = new Map<number, number>()
  const channels = machine.fabric.network.channels.map((channel): ChannelInfo => {
    const before = lanes.get(channel.link) ?? 0
    lanes.set(channel.link, before + 1)
    return { link: channel.link, lane: Math.floor(before / 2), from: channel.from, to: channel.to }
  })
  const { instances } = machine
  return {
    devices: listDevices(scenario.topology.nodes),
    channels,
    instances: Array.from(instances.service, (service, i): InstanceInfo => ({
      id: instances.name(i),
      service,
      index: i - instances.first[service],
    })),
    operations,
    endPs: machine.endPs,
    warmupPs,
  }
}
