import { copyPlain, type Saved } from '../engine/plain-state'
import { Records } from '../engine/records'

/** What a batch does. */
export const BatchState = { gathers: 0, waits: 1, runs: 2, held: 3 } as const

/**
 * Kernels of one step that a GPU runs with one launch; one kernel is a batch of one. A batch that is not full takes in
 * others until it starts. Its kernels are tokens, linked by Tokens.next.
 */
export class Batches extends Records {
  device = this.int()
  /** Index into `Program.kernels`. */
  kernel = this.int()
  state = this.int()
  /** Counts the uses of a handle, so that the end of a window is known as stale. */
  generation = this.int()
  head = this.int()
  tail = this.int()
  /** Kernels in it, and of them those that are not in the queue's statistics yet. */
  count = this.int()
  fresh = this.int()
  /** Their operations; the bytes that they touch, shared ones once. */
  flops = this.real()
  bytes = this.real()
  /** While it runs: up to when its time is in `streamPs`, and when it ends; ps. */
  since = this.real()
  end = this.real()
  /** Stream time of each instance; of launches still going on up to when the migration policy looked last; ps. */
  readonly streamPs: Float64Array
  /** Batch that takes in kernels per GPU and step; -1: none. */
  private readonly accepting: Int32Array
  /** Number of a device among the GPUs. */
  private readonly ordinal: Int32Array
  /** Tokens that wait for room in the memory of a device, linked by Tokens.next. */
  readonly heldHead: Int32Array
  readonly heldTail: Int32Array

  constructor(
    isGpu: readonly boolean[],
    private readonly kernels: number,
    instances: number,
  ) {
    super(16)
    this.streamPs = new Float64Array(instances)
    let gpus = 0
    this.ordinal = Int32Array.from(isGpu, (gpu) => (gpu ? gpus++ : -1))
    this.accepting = new Int32Array(gpus * kernels).fill(-1)
    this.heldHead = new Int32Array(isGpu.length).fill(-1)
    this.heldTail = new Int32Array(isGpu.length).fill(-1)
  }

  open(device: number, kernel: number): number {
    const batch = this.take()
    this.device[batch] = device
    this.kernel[batch] = kernel
    this.state[batch] = BatchState.gathers
    this.generation[batch] += 1
    this.head[batch] = -1
    this.tail[batch] = -1
    this.count[batch] = 0
    this.fresh[batch] = 0
    this.flops[batch] = 0
    this.bytes[batch] = 0
    return batch
  }

  close(batch: number): void {
    this.pool.release(batch)
  }

  /** The batch of a step that takes in kernels at a device; -1: none. */
  acceptingAt(device: number, kernel: number): number {
    return this.accepting[this.ordinal[device] * this.kernels + kernel]
  }

  accept(device: number, kernel: number, batch: number): void {
    this.accepting[this.ordinal[device] * this.kernels + kernel] = batch
  }

  override save(): Saved {
    const { accepting, heldHead, heldTail, streamPs } = this
    return { ...super.save(), lists: copyPlain([accepting, heldHead, heldTail]), streamPs: streamPs.slice() }
  }

  override restore(saved: Saved): void {
    super.restore(saved)
    const [accepting, heldHead, heldTail] = saved['lists'] as unknown as readonly Int32Array[]
    this.accepting.set(accepting)
    this.heldHead.set(heldHead)
    this.heldTail.set(heldTail)
    this.streamPs.set(saved['streamPs'] as Float64Array)
  }
}
