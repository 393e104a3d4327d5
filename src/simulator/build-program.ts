import type {
  Attempts,
  ComputeStep,
  Distribution,
  KernelStep,
  Scenario,
  Step,
  TopologyNode,
} from '../scenario/scenario'
import { GIB } from '../units/data'
import { PS_PER_US, roundHalfUp } from '../units/time'
import type { AttemptRule } from './services/attempt-records'
import type { OperationSpec, StepSpec } from './services/program'
import { offloadPolicies } from './policies/offload/index'

export function operationSpecs(scenario: Scenario, rules: Rules): OperationSpec[] {
  const { offload } = scenario.policies
  const policy = offloadPolicies.find((candidate) => candidate.name === offload.use)
  if (!policy) throw new RangeError(`no offload policy "${offload.use}"`)
  const nodes = scenario.topology.nodes.map((node) => node.id)
  const gpus = scenario.topology.nodes.flatMap((node, index): GpuPool[] =>
    node.kind === 'gpu' ? [{ index, bytes: node.spec.memoryGiB * GIB }] : [],
  )
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
export class Rules {
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
    if (step.do === 'kernel' || node.kind === 'gpu')
      return step.do === 'kernel' && node.kind === 'gpu' && bytesOf(step) <= node.spec.memoryGiB * GIB
    return node.spec.cores > 0 || (node.kind === 'nic' && node.spec.engines.some((engine) => engine.work === step.work))
  })
}

function bytesOf({ inputBytes, outputBytes }: KernelStep): number {
  return inputBytes + outputBytes
}

function innerLists(step: Step): readonly (readonly Step[])[] {
  if (step.do === 'parallel') return step.branches
  return step.do === 'choose' ? step.options.map((option) => option.steps) : []
}

/** A GPU pool: its node, and the memory of each device. */
interface GpuPool {
  readonly index: number
  readonly bytes: number
}

/** What never fits into the memory of a GPU would wait there forever: such a pool is none that the kernel may run on. */
function kernelSpec(step: KernelStep, gpus: readonly GpuPool[]): StepSpec {
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
    pools: gpus.filter((pool) => bytesOf(step) <= pool.bytes).map((pool) => pool.index),
  }
}

function repeatOf(repeat: KernelStep['repeat']): Distribution {
  return typeof repeat === 'number' ? { dist: 'constant', value: repeat } : repeat
}

function stepSpec(step: Step, gpus: readonly GpuPool[], rules: Rules): StepSpec {
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
