import { Columns } from './columns'

/** Executions of operations: one per request from outside, call or send; from being asked for until answered. */
export class Executions extends Columns {
  protected readonly fields = [
    'operation',
    'instance',
    'request',
    'source',
    'rootOperation',
    'origin',
    'caller',
    'lineage',
    'start',
    'failed',
    'measured',
    'nic',
    'requestBytes',
    'responseBytes',
    'worker',
    'user',
    'next',
    'token',
    'admitted',
    'excused',
    'tries',
  ]
  operation = new Int32Array(64)
  /** Chosen instance; -1 before. */
  instance = new Int32Array(64)
  /** Number of the root request at its source. */
  request = new Float64Array(64)
  source = new Int32Array(64)
  rootOperation = new Int32Array(64)
  origin = new Uint8Array(64)
  /** Token that waits for it; -1: none. */
  caller = new Int32Array(64)
  /** Which visit within the root request this is, as a hash of the steps that led here. */
  lineage = new Int32Array(64)
  /** ps */
  start = new Float64Array(64)
  /** Why it has failed, see failure.ts; 0: it has not. */
  failed = new Uint8Array(64)
  /** Whether its root request arrived in the measured window. */
  measured = new Uint8Array(64)
  nic = new Int32Array(64)
  requestBytes = new Float64Array(64)
  responseBytes = new Float64Array(64)
  /** Worker of its instance; -1: none. */
  worker = new Int32Array(64)
  user = new Int32Array(64)
  next = new Int32Array(64)
  /** Its main token. */
  token = new Int32Array(64)
  /** Whether it holds a worker. */
  admitted = new Uint8Array(64)
  /** Whether it came while its instance was stopped: then no queue limit turns it away. */
  excused = new Uint8Array(64)
  /** Record of the attempts that it is one of; -1: it is asked but once. */
  tries = new Int32Array(64)

  open(): number {
    const slot = this.take()
    this.instance[slot] = -1
    this.caller[slot] = -1
    this.failed[slot] = 0
    this.nic[slot] = -1
    this.worker[slot] = -1
    this.user[slot] = -1
    this.next[slot] = -1
    this.admitted[slot] = 0
    this.excused[slot] = 0
    this.tries[slot] = -1
    return slot
  }

  /** Makes one as another is. */
  copy(from: number, to: number): void {
    const columns = this as unknown as Record<string, Float64Array | Int32Array | Uint8Array>
    for (const field of this.fields) columns[field][to] = columns[field][from]!
  }

  close(slot: number): void {
    this.pool.release(slot)
  }
}
