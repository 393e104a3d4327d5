import { Records } from '../engine/records'

/** Executions of operations: one per request from outside, call or send; from being asked for until answered. */
export class Executions extends Records {
  operation = this.int()
  /** Chosen instance; -1 before. */
  instance = this.int()
  /** Number of the root request at its source. */
  request = this.real()
  source = this.int()
  rootOperation = this.int()
  origin = this.int()
  /** Token that waits for it; -1: none. */
  caller = this.int()
  /** Which visit within the root request this is, as a hash of the steps that led here. */
  lineage = this.int()
  /** ps */
  start = this.real()
  /** Why it has failed, see failure.ts; 0: it has not. */
  failed = this.int()
  /** Whether its root request arrived in the measured window. */
  measured = this.int()
  nic = this.int()
  requestBytes = this.real()
  responseBytes = this.real()
  /** Worker of its instance; -1: none. */
  worker = this.int()
  user = this.real()
  next = this.int()
  /** Its main token. */
  token = this.int()
  /** Whether it holds a worker. */
  admitted = this.int()
  /** Whether it came while its instance was stopped: then no queue limit turns it away. */
  excused = this.int()
  /** Record of the attempts that it is one of; -1: it is asked but once. */
  tries = this.int()

  constructor() {
    super(16)
  }

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

  close(slot: number): void {
    this.pool.release(slot)
  }
}
