import * as Origin from './origin'
import type { DeviceTable } from './device-table'
import type { Fidelity } from '../../scenario/scenario'
import type { EventQueue } from '../engine/event-queue'
import type { RandomStreams } from '../engine/random'
import type { Cores } from '../hardware/cores'
import type { DisplayLog } from '../hardware/display-log'
import type { Engines } from '../hardware/engines'
import type { Fabric } from '../hardware/fabric'
import type { Gpus } from '../hardware/gpu'
import type { Health } from '../hardware/health'
import type { LocalMemories } from '../hardware/local-memory'
import type { MemoryChannels } from '../hardware/memory'
import type { NicPipelines } from '../hardware/nic'
import type { Sleep } from '../hardware/sleep'
import type { Slabs } from '../hardware/slabs'
import type { AttemptRecords } from './attempt-records'
import type { Batches } from './batches'
import type { CacheShares } from './cache-shares'
import type { Copies } from './copies'
import type { CpiStack } from './cpi-stack'
import type { Executions } from './executions'
import type { Instances } from './instances'
import type { Lives } from './lives'
import type { Measures } from './measures'
import type { OffloadShadows } from './offload-shadows'
import type { Program } from './program'
import type { Tokens } from './tokens'

export interface RpcCosts {
  readonly cyclesPerMessage: number
  readonly cyclesPerByte: number
  /** NIC pool that does the RPC work of others; -1: none. */
  readonly nicNode: number
}

/** All parts of one rack at work; the services and mechanisms work on it together. */
export interface Machine {
  readonly queue: EventQueue
  readonly streams: RandomStreams
  readonly log: DisplayLog
  readonly devices: DeviceTable
  readonly fabric: Fabric
  readonly cores: Cores
  readonly memory: MemoryChannels
  readonly local: LocalMemories
  readonly nics: NicPipelines
  readonly engines: Engines
  readonly gpus: Gpus
  readonly slabs: Slabs
  readonly health: Health
  readonly sleep: Sleep
  readonly program: Program
  readonly instances: Instances
  readonly copies: Copies
  readonly executions: Executions
  readonly tokens: Tokens
  readonly batches: Batches
  readonly attempts: AttemptRecords
  /** Rule of the attempts of each source; -1: none. */
  readonly sourceRules: Int32Array
  readonly measures: Measures
  readonly stack: CpiStack
  readonly caches: CacheShares
  readonly lives: Lives
  readonly shadows: OffloadShadows
  readonly rpc: RpcCosts
  /** How finely remote memory traffic and packets are simulated. */
  readonly fidelity: Fidelity
  /** Windows of misses and packets of messages go one by one, whatever the fidelity: see docs/decisions/0017. */
  readonly oneByOne: boolean
  /** Whether no link, switch or device can fail. */
  readonly isSteady: boolean
  readonly endPs: number
}

/** The route between two devices. @throws Error that names both where there is none. */
export function routeOf(machine: Machine, from: number, to: number): number {
  const route = machine.fabric.routes.between(from, to)
  if (route < 0) throw new Error(`no route from ${machine.devices.names[from]} to ${machine.devices.names[to]}`)
  return route
}

/** Whether messages can go from one device to another, with all links up. */
export function leadsTo({ fabric }: Machine, from: number, to: number): boolean {
  return from === to || fabric.routes.reaches(from, to)
}

/** Whether a memory device can be far memory of what runs on a device: another one, with a way there. */
export function canBeFar({ fabric }: Machine, home: number, memory: number): boolean {
  return home !== memory && fabric.routes.between(home, memory) >= 0
}

/** The device of the instance that a token works for; of a ghost, where it is. */
export function homeOf({ instances, executions, tokens }: Machine, token: number): number {
  const execution = tokens.execution[token]
  return executions.origin[execution] === Origin.ghost
    ? tokens.device[token]
    : instances.device[executions.instance[execution]]
}
