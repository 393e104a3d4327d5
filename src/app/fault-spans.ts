import { faultTurn, type FaultTurn } from '../scenario/fault-words'
import type { Json, Scenario } from '../scenario/scenario'
import type { DecisionRow } from '../simulator/result'
import { isObject, textOf } from './document-path'

/** A stretch of a run in which something does not work as it should. */
export interface FaultSpan {
  readonly startPs: number
  /** Infinity: for good, or to the end of what is known. */
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

type Place = Pick<FaultSpan, 'link' | 'node' | 'device' | 'lane' | 'lanes'>

const PS_PER_SECOND = 1e12

/** The faults of a run: the scheduled ones, and those at random that it has had so far. */
export function faultSpans(scenario: Scenario, decisions: readonly DecisionRow[]): readonly FaultSpan[] {
  return [...scheduled(scenario), ...atRandom(scenario, decisions)]
}

function scheduled(scenario: Scenario): readonly FaultSpan[] {
  return scenario.faults.flatMap((fault) => {
    if (fault.mtbfSeconds !== undefined) return []
    const place = placeOf(scenario, fault.target)
    const end = fault.forSeconds === null ? Infinity : Math.round((fault.atSeconds + fault.forSeconds) * PS_PER_SECOND)
    return {
      ...place,
      startPs: Math.round(fault.atSeconds * PS_PER_SECOND),
      endPs: end,
      effect: fault.effect,
      words: spanWords(subjectOf(place), fault.effect, fault.factor),
    }
  })
}

/** What the run tells of the places that faults strike at random. */
function atRandom(scenario: Scenario, decisions: readonly DecisionRow[]): readonly FaultSpan[] {
  const spans = new Map([...randomPlaces(scenario)].map(([subject, place]) => [subject, openSpans(subject, place)]))
  if (spans.size === 0) return []
  for (const { kind, subject, timePs, reason } of decisions) {
    const turn = kind === 'fault' ? faultTurn(reason) : null
    if (turn !== null) spans.get(subject)?.turn(turn, timePs)
  }
  return [...spans.values()].flatMap((each) => each.done()).sort((a, b) => a.startPs - b.startPs)
}

/** Collects the spans of one place: down while any fault holds it down, slow from one factor to the next. */
function openSpans(subject: string, place: Place) {
  const done: FaultSpan[] = []
  let holders = 0
  let downPs = 0
  let factor = 1
  let slowPs = 0
  const add = (effect: 'down' | 'slow', startPs: number, endPs: number) => {
    done.push({ ...place, startPs, endPs, effect, words: spanWords(subject, effect, factor) })
  }
  return {
    turn(turn: FaultTurn, timePs: number) {
      if (turn.effect === 'slow') {
        if (factor !== 1) add('slow', slowPs, timePs)
        factor = turn.factor
        slowPs = timePs
        return
      }
      if (turn.begins && holders === 0) downPs = timePs
      holders += turn.begins ? 1 : -1
      if (!turn.begins && holders === 0) add('down', downPs, timePs)
    },
    done(): readonly FaultSpan[] {
      if (holders > 0) add('down', downPs, Infinity)
      if (factor !== 1) add('slow', slowPs, Infinity)
      return done
    },
  }
}

/** By the name that decisions give it: a link as a whole, or device by device. */
function randomPlaces(scenario: Scenario): ReadonlyMap<string, Place> {
  const places = scenario.faults.flatMap((fault) => {
    if (fault.mtbfSeconds === undefined) return []
    const place = placeOf(scenario, fault.target)
    const node = scenario.topology.nodes.find((each) => each.id === place.node)
    if (node?.kind === 'switch') return [{ ...place, device: null }]
    if (node === undefined || place.device !== null) return [place]
    return Array.from({ length: node.count }, (_, device) => ({ ...place, device }))
  })
  return new Map(places.map((place) => [subjectOf(place), place]))
}

/** A target names a node or a link; what it is not, it leaves out. */
function placeOf(scenario: Scenario, target: unknown): Place {
  const fields = isObject(target as Json) ? (target as { readonly [key: string]: Json }) : {}
  const link = textOf(fields.link)
  return {
    link,
    node: textOf(fields.node),
    device: typeof fields.device === 'number' ? fields.device : null,
    lane: typeof fields.lane === 'number' ? fields.lane : null,
    lanes: scenario.topology.links.find((each) => each.id === link)?.lanes ?? 1,
  }
}

const subjectOf = ({ link, node, device, lane }: Place): string =>
  `${link}${node}${device === null ? '' : `.${device}`}${lane === null ? '' : `/${lane}`}`

const spanWords = (subject: string, effect: 'down' | 'slow', factor: number): string =>
  effect === 'down' ? `${subject} down` : `${subject} ${factor} × slower`

export const isGoingOn = (span: FaultSpan, timePs: number): boolean => span.startPs <= timePs && timePs < span.endPs
