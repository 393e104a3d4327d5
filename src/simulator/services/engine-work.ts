import * as EventKind from '../engine/event-kind'
import * as SegmentKind from '../hardware/segment-kind'
import type { Machine } from './machine'
import * as Phase from './phase'
import { enter } from './phases'

/** A token's bytes go through an engine of the device that the token is at; event `engineDone` comes when they are done. */
export function useEngine(machine: Machine, token: number, engine: number, bytes: number): void {
  const { engines, tokens, queue } = machine
  const device = tokens.device[token]
  enter(machine, token, Phase.compute, SegmentKind.engine, device, engine)
  const end = engines.take(device, engine, bytes, queue.clock[0])
  queue.schedule(end, EventKind.engineDone, token, 0, 0)
}
