import type {
  MigrationDevice,
  MigrationInstance,
  MigrationView,
} from '../simulator/policies/migration/migration-policy'
import type { PlacementCandidate, PlacementRequest } from '../simulator/policies/placement/placement-policy'

/** Fields of one thing that a rule is shown, with what each means. */
export type ViewFields = { readonly [field: string]: string }

/** What a rule of one's own is shown, for completion and help. */
export interface PolicyViews {
  /** Its arguments, with what each is. */
  readonly arguments: { readonly [name: string]: string }
  /** Fields by the name of what has them; items of lists go by any name. */
  readonly fields: { readonly [owner: string]: ViewFields }
}

type Of<View> = { readonly [field in keyof View]?: string }

const candidate: Of<PlacementCandidate> = {
  name: 'such as "cpu.0"',
  instances: 'instances on it already',
  freeBytes: 'local memory left, bytes',
  capacityBytes: 'local memory in all, bytes',
  cores: 'cores, or streams of a GPU',
  load: 'cores that what is there is expected to keep busy',
  addedLoad: 'cores that this instance would keep busy',
  sameOnDevice: 'instances of the same service on it',
  sameInRack: 'instances of the same service in its rack',
  sameAtSwitch: 'instances of the same service at the same switches',
  bytesUnderWay: 'expected traffic times distance with all that is placed, bytes under way',
  estimateUs: 'what the instance adds there to the mean time of a request, µs',
}

const request: Of<PlacementRequest> = {
  instance: 'such as "kv.1"',
  localBytes: 'local memory that it takes, bytes',
  next: 'number of the first candidate behind the device chosen last',
}

const view: Of<MigrationView> = {
  timePs: 'simulated time, ps',
  periodMs: 'control period, ms',
  devices: 'devices that run instances',
  instances: 'instances, wherever they are',
}

const device: Of<MigrationDevice> = {
  name: 'such as "cpu.0"',
  kind: 'cpu, nic, memory or gpu',
  utilization: 'share of core (or stream) time busy in the last period',
  cores: 'cores, or streams of a GPU',
}

const instance: Of<MigrationInstance> = {
  name: 'such as "kv.1"',
  device: 'number of its device',
  load: 'cores, or streams of its GPU, that it kept busy in the last period',
  movable: 'not pinned, not moving, not stopped',
  targets: 'numbers of the devices that it could move to',
  estimateUs: 'how long moving it would take, µs',
}

const offloadCandidate: ViewFields = {
  target: 'such as "nic.0"',
  kind: 'cpu, nic, memory or gpu',
  isHome: 'whether the instance of the step is there',
  servers: 'cores, streams or engines that can do the step',
  busy: 'of them, those that work',
  waiting: 'jobs that wait for one or are on their way',
  distanceUs: 'unloaded way of a small message there, µs',
  holds: 'whether it holds code and state already',
  firstUseUs: 'what sending them adds, µs',
  transferUs: 'input there and output back, µs',
  queueUs: 'wait for a server, µs',
  runUs: 'the work itself, µs',
  estimateUs: 'first use, transfers, wait and work together, µs',
}

const step: ViewFields = {
  timePs: 'simulated time, ps',
  step: 'such as "kv.get#0"',
  index: 'its number among the steps that are decided',
  decisions: 'decisions on this step before this one',
}

const state = 'yours: plain data that lasts as long as the run'

/** By kind of policy. */
export const policyViews: { readonly [kind: string]: PolicyViews } = {
  placement: {
    arguments: { request: 'what is to be placed', candidates: 'devices that have the room, one or more', state },
    fields: { request, candidate },
  },
  offload: {
    arguments: { step: 'the step that begins', candidates: 'where it could run, the own device first', state },
    fields: { step, candidate: offloadCandidate },
  },
  migration: {
    arguments: { view: 'the rack at this look', state },
    fields: { view, device, instance },
  },
}

/** Words of the sandbox beside the language. */
export const sandboxWords: ViewFields = {
  parameters: 'the object that stands beside the code in the scenario',
}

/** What stopped a run's policy, and at which line of its code where one is to blame. */
interface CodeProblem {
  readonly line: number | null
  readonly words: string
}

/** null where the message says nothing of a policy of this kind. */
export function codeProblem(kind: string, message: string): CodeProblem | null {
  const [, stopped, line, words = ''] =
    /^the (\w+) policy of this scenario stopped(?: at line (\d+) of its code)?: (.*)$/s.exec(message) ?? []
  return stopped === kind ? { line: line === undefined ? null : Number(line), words } : null
}
