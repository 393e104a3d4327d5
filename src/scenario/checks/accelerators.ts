import type { GpuNode, KernelStep, Service, Step, TopologyNode } from '../scenario'
import { GIB, MIB } from '../../units/data'
import { quoted } from '../words'
import { mapOf, type Complain, type Draft, type Names } from './draft'
import { mappedStep, visitSteps } from './steps'

/** Reports what cannot run on the GPUs that it is meant for. Wants a topology without errors. */
export function checkAccelerators(draft: Draft, names: Names, complain: Complain): void {
  new Accelerators(draft, names, complain).check()
}

class Accelerators {
  private readonly gpus: readonly GpuNode[]
  /** Pool that the static map sends a step to. */
  private readonly mapped = new Map<Step, string>()

  constructor(
    private readonly draft: Draft,
    names: Names,
    private readonly complain: Complain,
  ) {
    const nodes: readonly TopologyNode[] = draft.topology.nodes.filter((node) => node !== null)
    this.gpus = nodes.filter((node) => node.kind === 'gpu')
    for (const entry of mapOf(draft.policies)) {
      const operation = names.operations.get(entry.operation)
      const step = operation === undefined ? undefined : mappedStep(operation, entry)
      if (step !== undefined) this.mapped.set(step, entry.to)
    }
  }

  check(): void {
    for (const [index, service] of this.draft.application.services.entries()) {
      const path = `application.services[${index}]`
      const isOnGpu = service.runsOn.includes('gpu')
      if (isOnGpu) this.wholeFootprint(path, service)
      for (const [number, operation] of service.operations.entries()) {
        visitSteps(operation.steps, `${path}.operations[${number}].steps`, (step, at) => {
          if (isOnGpu) this.onGpu(at, step, service)
          if (step.do === 'kernel') this.kernel(at, step, service)
        })
      }
    }
  }

  private wholeFootprint(path: string, service: Service): void {
    if (service.localShare < 1 && service.footprintMiB > 0)
      this.complain(
        `${path}.localShare`,
        `a service that runs on GPUs keeps its whole footprint in their memory, so 1; got ${service.localShare}`,
      )
  }

  private onGpu(path: string, step: Step, service: Service): void {
    if (step.do === 'compute' || step.do === 'memory')
      this.complain(
        `${path}.do`,
        `a ${step.do} step needs a core, but service ${quoted(service.id)} runs on GPUs: give its work as a kernel step`,
      )
    if (step.do === 'kernel' && !step.offload.includes('gpu'))
      this.complain(
        `${path}.offload`,
        `service ${quoted(service.id)} runs on GPUs, but this kernel does not list "gpu"`,
      )
  }

  private kernel(path: string, step: KernelStep, service: Service): void {
    const pool = this.mapped.get(step)
    const onCore = pool === undefined && !service.runsOn.includes('gpu') && !needsGpu(step)
    const pools = pool === undefined ? this.gpus : this.gpus.filter((node) => node.id === pool)
    if (onCore || (pool !== undefined && pools.length === 0)) return
    if (pools.length === 0) {
      this.complain(`${path}.offload`, 'there is no GPU pool to run it, and it does not list "cpu"')
      return
    }
    const mostBytes = pools.reduce((most, node) => Math.max(most, node.spec.memoryGiB * GIB), 0)
    const heldBytes = service.runsOn.includes('gpu') ? service.footprintMiB * MIB : 0
    // An instance that fits into no GPU is told as such, and holds nothing there.
    const roomBytes = heldBytes > mostBytes ? mostBytes : mostBytes - heldBytes
    const needBytes = step.inputBytes + step.outputBytes
    if (needBytes > roomBytes)
      this.complain(
        `${path}.inputBytes`,
        `input and output, ${needBytes} bytes, never fit into the memory of a GPU that it may run on, ${roomBytes} bytes`,
      )
  }
}

/** Whether a kernel that nothing maps leaves the device of its instance. */
export function needsGpu(step: KernelStep): boolean {
  return step.offload.includes('gpu') && !step.offload.includes('cpu')
}
