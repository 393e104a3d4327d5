import type { Scenario } from '../scenario/scenario'
import { PS_PER_SECOND, roundHalfUp } from '../units/time'
import { buildNetwork, firstDevices, listDevices } from './build-network'
import { EventQueue } from './engine/event-queue'
import { RandomStreams, hashString32 } from './engine/random'
import type { ChannelInfo, InstanceInfo, RunShape } from './display'
import { Cores } from './hardware/cores'
import { DisplayLog } from './hardware/display-log'
import { Fabric } from './hardware/fabric'
import { Engines } from './hardware/engines'
import { Gpus } from './hardware/gpu'
import { Health } from './hardware/health'
import { LocalMemories } from './hardware/local-memory'
import { MemoryChannels } from './hardware/memory'
import { memoryDevice } from './hardware/memory-device'
import { NicPipelines } from './hardware/nic'
import { Sleep } from './hardware/sleep'
import { Slabs } from './hardware/slabs'
import { AttemptRecords } from './services/attempt-records'
import { Batches } from './services/batches'
import { CacheShares } from './services/cache-shares'
import { Copies } from './services/copies'
import { CpiStack } from './services/cpi-stack'
import { Executions } from './services/executions'
import { Instances } from './services/instances'
import { Lives } from './services/lives'
import type { Machine } from './services/machine'
import { Measures } from './services/measures'
import { OffloadShadows } from './services/offload-shadows'
import { compileProgram } from './services/program'
import { Tokens } from './services/tokens'
import { Sources, type SourceSpec } from './workloads/sources'
import { coreSpec, deviceTable, gpuDevice, localMemory, nicDevice, wakePs } from './build-devices'
import { Rules, operationSpecs } from './build-program'
import { serviceSpec } from './build-services'

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
  const slabs = new Slabs(memories)
  const rules = new Rules()
  const operations = operationSpecs(scenario, rules)
  const program = compileProgram(operations, streams)
  const readsFar = program.computes.some(({ farBytes }) => farBytes > 0)
  const oneByOne = scenario.run.fidelity === 'line' || readsFar
  const names = operations.map((operation) => operation.name)
  const sourceRules = Int32Array.from(scenario.workload.sources, (source) => rules.of(source.attempts))
  const entries = scenario.workload.sources.map((source) => names.indexOf(source.entry))
  const warmupPs = roundHalfUp(scenario.run.warmupSeconds * PS_PER_SECOND)
  const endPs = roundHalfUp((scenario.run.warmupSeconds + scenario.run.durationSeconds) * PS_PER_SECOND)
  const table = deviceTable(nodes)
  const instances = new Instances(scenario.application.services.map(serviceSpec))
  const tokens = new Tokens()
  const cores = new Cores(devices.map(coreSpec), tokens)
  const engines = new Engines(devices.map((node) => (node.kind === 'nic' ? node.spec.engines : [])))
  const gpus = new Gpus(devices.map(gpuDevice))
  const health = new Health(devices.length)
  const machine: Machine = {
    queue,
    streams,
    log,
    devices: table,
    fabric: new Fabric(buildNetwork(scenario), queue, log, scenario.run.fidelity, oneByOne),
    oneByOne,
    cores,
    memory: new MemoryChannels(memories),
    local: new LocalMemories(devices.map(localMemory), slabs),
    nics: new NicPipelines(devices.map(nicDevice)),
    engines,
    gpus,
    shadows: new OffloadShadows(queue, cores, gpus, engines),
    slabs,
    health,
    sleep: new Sleep(Float64Array.from(devices, wakePs)),
    program,
    instances,
    copies: new Copies(
      instances,
      Number(scenario.policies.memory['copies']),
      scenario.policies.recovery.use === 'restore',
    ),
    executions: new Executions(),
    tokens,
    attempts: new AttemptRecords(rules.list),
    sourceRules,
    batches: new Batches(
      devices.map((node) => node.kind === 'gpu'),
      program.kernels.length,
      instances.count,
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
  machine.fabric.endsPs = leastEndsPs(machine)
  return {
    machine,
    sources: new Sources(sourceSpecs(scenario, entries), streams, queue, endPs, health),
    shape: runShape(scenario, machine, names, warmupPs),
  }
}

/** Core time of a message at the least: one end, on the fastest cores; none where NICs do it. */
function leastEndsPs({ rpc, cores }: Machine): number {
  const fastest = cores.frequency.reduce((most, gigahertz) => Math.max(most, gigahertz), 0)
  return rpc.nicNode < 0 && fastest > 0 ? (rpc.cyclesPerMessage * 1000) / fastest : 0
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
