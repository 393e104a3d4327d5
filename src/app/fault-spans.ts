import type { Json, Scenario } from '../scenario/scenario'
import { isObject, textOf } from './document-path'

/** A stretch of a run in which something does not work as it should. */
export interface FaultSpan {
  readonly startPs: number
  /** Infinity: for good. */
  readonly endPs: number
  readonly effect: 'down' | 'slow'
  /** Link or node that it strikes; '' for the other. */
  readonly link: string
  readonly node: string
  /** null: the whole node, the link of all devices. */
  readonly device: number | null
  /** Of a link; null: all of them. */
  readonly lane: number | null
  /** Lanes of the link that it strikes; 1 elsewhere. */
  readonly lanes: number
  /** `tor down`, `cpu.1 3 × slower`. */
  readonly words: string
}

const PS_PER_SECOND = 1e12

/** The scheduled faults of a scenario, in its order. Those that come at random are known from the decisions alone. */
export function faultSpans(scenario: Scenario): readonly FaultSpan[] {
  return scenario.faults.flatMap((fault) => {
    if (fault.mtbfSeconds !== undefined) return []
    // A target names a node or a link; what it is not, it leaves out.
    const target: unknown = fault.target
    const fields = isObject(target as Json) ? (target as { readonly [key: string]: Json }) : {}
    const link = textOf(fields.link)
    const node = textOf(fields.node)
    const device = typeof fields.device === 'number' ? fields.device : null
    const lane = typeof fields.lane === 'number' ? fields.lane : null
    const subject = `${link}${node}${device === null ? '' : `.${device}`}${lane === null ? '' : `/${lane}`}`
    return {
      startPs: Math.round(fault.atSeconds * PS_PER_SECOND),
      endPs: fault.forSeconds === null ? Infinity : Math.round((fault.atSeconds + fault.forSeconds) * PS_PER_SECOND),
      effect: fault.effect,
      link,
      node,
      device,
      lane,
      lanes: scenario.topology.links.find((each) => each.id === link)?.lanes ?? 1,
      words: fault.effect === 'down' ? `${subject} down` : `${subject} ${fault.factor} × slower`,
    }
  })
}

export const isGoingOn = (span: FaultSpan, timePs: number): boolean => span.startPs <= timePs && timePs < span.endPs
