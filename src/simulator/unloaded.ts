import { LINE_BYTES, PAGE_BYTES } from './hardware/memory'
import type { Train } from './hardware/train'
import type { Machine } from './services/machine'

/** A message over an idle route: when its packets are there. Times in ps. */
export function arrival(
  machine: Machine,
  route: number,
  units: number,
  unitBytes: number,
  first: number,
  last: number,
): Train {
  const train: Train = { packets: 1, first, lastButOne: first, last }
  machine.fabric.unloaded(machine.fabric.routes.list[route], units, unitBytes, first, last, train)
  return train
}

/** A line or a page from a memory device: request there, service, data back; ps. */
export function readPs(machine: Machine, route: number, memory: number, home: number): number {
  return accessPs(machine, route, memory, home, 1, false)
}

/** The same of several together, or, where they are written, of the data there and acknowledgements back; ps. */
export function accessPs(
  machine: Machine,
  route: number,
  memory: number,
  home: number,
  units: number,
  isWrite: boolean,
): number {
  const { paging } = machine.fabric.routes.list[route]
  const lines = paging ? PAGE_BYTES / LINE_BYTES : 1
  const request = arrival(machine, route, units, isWrite ? lines * LINE_BYTES : LINE_BYTES, 0, 0)
  const { first, last } = machine.memory.unloaded(memory, units, lines, request.first, request.last)
  const back = machine.fabric.routes.between(memory, home)
  return arrival(machine, back, units, isWrite ? 0 : lines * LINE_BYTES, first, last).last
}
