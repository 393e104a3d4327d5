import type { Cargo } from './hardware/messages'
import * as SegmentKind from './hardware/segment-kind'
import type { Machine } from './services/machine'

/** What goes over the fabric on behalf of an instance and of no request: memory that moves. */
export function cargoOf(
  { instances, program }: Machine,
  instance: number,
  given: Pick<Cargo, 'purpose' | 'subject'> & Partial<Cargo>,
): Cargo {
  return {
    request: 0,
    operation: program.service.indexOf(instances.service[instance]),
    shown: SegmentKind.bulkLink,
    atHead: false,
    bulk: false,
    ...given,
  }
}
