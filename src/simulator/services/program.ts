import type { Draw } from './draw'
import type { KernelCode } from './kernel-code'
import * as Op from './op'
import { compileDistribution, type DistributionSpec } from '../engine/distributions'
import type { EngineWork } from '../hardware/engines'
import { hashString32, mix32, type RandomStreams } from '../engine/random'

export interface ComputeCode extends Draw {
  /** Work in ns on the reference core; otherwise in instructions. */
  readonly timed: boolean
  /** Last-level misses per instruction. */
  readonly misses: number
  readonly dirtyRatio: number
  /** Pool that a static offload policy sends it to; -1: it runs where its instance is. */
  readonly offloadTo: number
  readonly inputBytes: number
  readonly outputBytes: number
  /** A memory step: its bytes are all read from, or written to, remote memory, and its draw is not used. */
  readonly access: 'none' | 'read' | 'write'
  readonly farBytes: number
  /** Work that an engine can do in place of a core; its bytes. */
  readonly work: EngineWork | null
  readonly workBytes: number
  /** Its number among the steps whose place is decided while the run goes on; -1: it is none of them. */
  readonly chooses: number
  /** Pools that it may be sent to by such a decision. */
  readonly pools: Int32Array
  /** `kv.get#0` */
  readonly name: string
}
export interface CallCode {
  readonly operation: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly path: number
  /** Rule of its attempts; -1: it is asked but once, and waits for ever. */
  readonly rule: number
}
export interface ChooseCode {
  readonly cumulative: Float64Array
  readonly targets: Int32Array
  readonly key: number
  readonly path: number
}

/** The operations of all services, compiled into one flat program. */
export interface Program {
  readonly code: Uint8Array
  readonly arg: Int32Array
  /** Address of each operation's first instruction. */
  readonly entry: Int32Array
  /** Address of each operation's end. */
  readonly end: Int32Array
  /** Service of each operation. */
  readonly service: Int32Array
  readonly computes: readonly ComputeCode[]
  readonly kernels: readonly KernelCode[]
  readonly calls: readonly CallCode[]
  /** Addresses of the branches and of their joins; the parent goes on at `after`. */
  readonly forks: readonly { readonly branches: Int32Array; readonly joins: Int32Array; readonly after: number }[]
  readonly chooses: readonly ChooseCode[]
  readonly delays: readonly Draw[]
  /** Steps whose place is decided while the run goes on. */
  readonly deciding: number
}

export type StepSpec =
  | {
      readonly do: 'compute'
      readonly instructions?: DistributionSpec
      readonly timeNs?: DistributionSpec
      readonly missesPerKiloInstruction: number
      readonly dirtyRatio: number
      readonly inputBytes: number
      readonly outputBytes: number
      readonly work?: EngineWork
      readonly workBytes?: number
    }
  | { readonly do: 'memory'; readonly access: 'read' | 'write'; readonly bytes: number }
  | {
      readonly do: 'kernel'
      readonly flops: number
      readonly bytes: number
      readonly inputBytes: number
      readonly outputBytes: number
      readonly sharedBytes: number
      readonly batchSize: number
      readonly batchWindowPs: number
      readonly repeat: DistributionSpec | null
      readonly onCore: boolean
      readonly pools: readonly number[]
    }
  | {
      readonly do: 'call'
      readonly to: string
      readonly requestBytes: number
      readonly responseBytes: number
      readonly rule: number
    }
  | { readonly do: 'send'; readonly to: string; readonly requestBytes: number }
  | { readonly do: 'parallel'; readonly branches: readonly (readonly StepSpec[])[] }
  | {
      readonly do: 'choose'
      readonly options: readonly { readonly probability: number; readonly steps: readonly StepSpec[] }[]
    }
  | { readonly do: 'delay'; readonly timeNs: DistributionSpec }

export interface OperationSpec {
  /** `service.operation` */
  readonly name: string
  readonly service: number
  readonly stream: string
  readonly steps: readonly StepSpec[]
  /** Pool by the path of each step that is offloaded: `/0`, and within `parallel` and `choose` `/1.0/2`. */
  readonly offload: ReadonlyMap<string, number>
  /** Pools by the path of each step whose place is decided while the run goes on. */
  readonly chooses: ReadonlyMap<string, readonly number[]>
}

/** Compiles every operation; call targets are looked up by name. */
export function compileProgram(operations: readonly OperationSpec[], streams: RandomStreams): Program {
  return new Compiler(operations, streams).compile()
}

class Compiler {
  private readonly code: number[] = []
  private readonly arg: number[] = []
  private readonly computes: ComputeCode[] = []
  private readonly kernels: KernelCode[] = []
  private readonly calls: CallCode[] = []
  private readonly forks: { branches: Int32Array; joins: Int32Array; after: number }[] = []
  private readonly chooses: ChooseCode[] = []
  private readonly delays: Draw[] = []
  private readonly index: Map<string, number>
  private key = 0
  private deciding = 0

  constructor(
    private readonly operations: readonly OperationSpec[],
    private readonly streams: RandomStreams,
  ) {
    this.index = new Map(operations.map((operation, i) => [operation.name, i]))
  }

  compile(): Program {
    const end: number[] = []
    const entry = this.operations.map((operation) => {
      const at = this.code.length
      this.key = this.streams.key(`operation:${operation.stream}`)
      this.steps(operation.steps, '', operation)
      end.push(this.put(Op.end, 0))
      return at
    })
    return {
      code: Uint8Array.from(this.code),
      arg: Int32Array.from(this.arg),
      entry: Int32Array.from(entry),
      end: Int32Array.from(end),
      service: Int32Array.from(this.operations, (operation) => operation.service),
      computes: this.computes,
      kernels: this.kernels,
      calls: this.calls,
      forks: this.forks,
      chooses: this.chooses,
      delays: this.delays,
      deciding: this.deciding,
    }
  }

  private put(op: number, arg: number): number {
    this.code.push(op)
    this.arg.push(arg)
    return this.code.length - 1
  }

  private steps(steps: readonly StepSpec[], prefix: string, operation: OperationSpec): void {
    steps.forEach((step, i) => {
      const path = `${prefix}/${i}`
      this.step(step, path, operation.offload.get(path) ?? -1, operation)
    })
  }

  private step(step: StepSpec, path: string, offloadTo: number, operation: OperationSpec): void {
    switch (step.do) {
      case 'compute':
        this.put(Op.compute, this.computes.push(this.compute(step, path, offloadTo, operation)) - 1)
        break
      case 'memory':
        this.put(Op.compute, this.computes.push(this.farAccess(step, path, operation)) - 1)
        break
      case 'kernel':
        this.put(Op.kernel, this.kernels.push(this.kernel(step, path, offloadTo, operation)) - 1)
        break
      case 'call':
        this.put(Op.call, this.callTo(step, step.responseBytes, step.rule, path, operation))
        break
      case 'send':
        this.put(Op.send, this.callTo(step, 0, -1, path, operation))
        break
      case 'delay':
        this.put(Op.delay, this.delays.push(this.draw(step.timeNs, path)) - 1)
        break
      case 'parallel':
        this.parallel(step.branches, path, operation)
        break
      case 'choose':
        this.choose(step.options, path, operation)
        break
    }
  }

  private draw(spec: DistributionSpec, path: string): Draw {
    return { sampler: compileDistribution(spec), key: this.key, path: hashString32(path) }
  }

  private compute(
    step: StepSpec & { do: 'compute' },
    path: string,
    offloadTo: number,
    operation: OperationSpec,
  ): ComputeCode {
    const spec = step.timeNs ?? step.instructions
    if (!spec) throw new RangeError(`${operation.name}${path}: a compute step needs instructions or timeNs`)
    return {
      ...this.draw(spec, path),
      timed: step.timeNs !== undefined,
      misses: step.missesPerKiloInstruction / 1000,
      dirtyRatio: step.dirtyRatio,
      offloadTo,
      inputBytes: step.inputBytes,
      outputBytes: step.outputBytes,
      work: step.work ?? null,
      workBytes: step.workBytes ?? step.inputBytes,
      ...this.choosing(path, operation),
      access: 'none',
      farBytes: 0,
      name: `${operation.name}#${path.slice(1)}`,
    }
  }

  private choosing(path: string, operation: OperationSpec): Pick<ComputeCode, 'chooses' | 'pools'> {
    const pools = operation.chooses.get(path)
    if (pools === undefined) return { chooses: -1, pools: new Int32Array(0) }
    this.deciding += 1
    return { chooses: this.deciding - 1, pools: Int32Array.from(pools) }
  }

  private farAccess(step: StepSpec & { do: 'memory' }, path: string, operation: OperationSpec): ComputeCode {
    return {
      ...this.draw({ dist: 'constant', value: 0 }, path),
      timed: false,
      misses: 0,
      dirtyRatio: 0,
      offloadTo: -1,
      inputBytes: 0,
      outputBytes: 0,
      work: null,
      workBytes: 0,
      chooses: -1,
      pools: new Int32Array(0),
      access: step.access,
      farBytes: step.bytes,
      name: `${operation.name}#${path.slice(1)}`,
    }
  }

  private kernel(
    step: StepSpec & { do: 'kernel' },
    path: string,
    offloadTo: number,
    operation: OperationSpec,
  ): KernelCode {
    const { flops, bytes, inputBytes, outputBytes, sharedBytes, batchSize, batchWindowPs, onCore } = step
    return {
      flops,
      bytes,
      inputBytes,
      outputBytes,
      sharedBytes,
      batchSize,
      batchWindowPs,
      runs: step.repeat === null ? null : this.draw(step.repeat, path),
      onCore: onCore && offloadTo < 0,
      mayBeOnCore: onCore,
      pools: Int32Array.from(offloadTo < 0 ? step.pools : [offloadTo]),
      offloadTo,
      chooses: this.choosing(path, operation).chooses,
      path: hashString32(path),
      name: `${operation.name}#${path.slice(1)}`,
    }
  }

  private callTo(
    { to, requestBytes }: { readonly to: string; readonly requestBytes: number },
    responseBytes: number,
    rule: number,
    path: string,
    from: OperationSpec,
  ): number {
    const operation = this.index.get(to)
    if (operation === undefined) throw new RangeError(`no operation "${to}"`)
    return (
      this.calls.push({
        operation,
        requestBytes,
        responseBytes,
        path: mix32(hashString32(path), hashString32(from.stream)),
        rule,
      }) - 1
    )
  }

  private parallel(branches: readonly (readonly StepSpec[])[], path: string, operation: OperationSpec): void {
    const fork = { branches: new Int32Array(branches.length), joins: new Int32Array(branches.length), after: 0 }
    this.put(Op.fork, this.forks.push(fork) - 1)
    branches.forEach((steps, i) => {
      fork.branches[i] = this.code.length
      this.steps(steps, `${path}.${i}`, operation)
      fork.joins[i] = this.put(Op.join, 0)
    })
    fork.after = this.code.length
  }

  private choose(options: (StepSpec & { do: 'choose' })['options'], path: string, operation: OperationSpec): void {
    const cumulative = new Float64Array(options.length)
    const targets = new Int32Array(options.length)
    let sum = 0
    options.forEach((option, i) => (cumulative[i] = sum += option.probability))
    this.put(Op.choose, this.chooses.push({ cumulative, targets, key: this.key, path: hashString32(path) }) - 1)
    const jumps = options.map((option, i) => {
      targets[i] = this.code.length
      this.steps(option.steps, `${path}.${i}`, operation)
      return this.put(Op.jump, 0)
    })
    for (const jump of jumps) this.arg[jump] = this.code.length
  }
}
