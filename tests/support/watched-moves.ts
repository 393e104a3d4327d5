import * as Purpose from '../../src/simulator/services/purpose'
import { createRun, type Run } from '../../src/simulator/run'
import type { Scenario } from '../../src/scenario/scenario'

/** What was seen of moves from outside: the bytes that they gave to the network, and what faults fetched of post-copies. */
export class WatchedMoves {
  readonly run: Run
  /** Payload sent in pieces, by number of the move. */
  readonly sent = new Map<number, number>()
  /** Of post-copies that are over: state, and what of it faults asked for and pushes sent. */
  readonly left = new Map<number, { readonly total: number; readonly fetched: number; readonly pushed: number }>()

  constructor(scenario: Scenario) {
    this.run = createRun(scenario)
    this.watchPieces()
    this.watchPages()
  }

  private watchPieces(): void {
    const { fabric } = this.run.machine
    const send = fabric.send.bind(fabric)
    fabric.send = (route, bytes, cargo) => {
      if (cargo.purpose === Purpose.bulk) this.sent.set(cargo.subject, (this.sent.get(cargo.subject) ?? 0) + bytes)
      send(route, bytes, cargo)
    }
  }

  private watchPages(): void {
    const { absent } = this.run.executor.far
    const end = absent.end.bind(absent)
    absent.end = (instance) => {
      const { list } = this.run.migrations
      const index = list.findLastIndex((one) => one.instance === instance && one.outcome !== 'refused')
      const isBehind = index >= 0 && list[index].mechanism === 'post-copy' && !Number.isNaN(list[index].resume)
      if (isBehind && !this.left.has(index))
        this.left.set(index, {
          total: absent.total[instance],
          fetched: absent.fetched[instance],
          pushed: absent.pushed[instance],
        })
      end(instance)
    }
  }

  advance(toPs: number): void {
    while (!this.run.advance(toPs, 1_000_000));
  }
}
