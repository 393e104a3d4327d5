import type { PolicyUse } from '../../scenario/scenario'
import type { RandomStreams } from '../engine/random'
import type { PlacementCandidate, PlacementChoice, PlacementRequest } from '../policies/placement/placement-policy'
import { fieldsOf, indexIn, reasonOf, wrongAnswer } from './answers'
import { Asking } from './asking'

/** All of a candidate that is plain data; some of it is found only when it is asked for. */
const fields: { readonly [field in keyof PlacementCandidate]: true } = {
  name: true,
  instances: true,
  freeBytes: true,
  capacityBytes: true,
  cores: true,
  load: true,
  addedLoad: true,
  sameOnDevice: true,
  sameInRack: true,
  sameAtSwitch: true,
  bytesUnderWay: true,
  estimateUs: true,
}
const fieldNames = Object.keys(fields) as (keyof PlacementCandidate)[]

function shown(candidate: PlacementCandidate): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fieldNames.map((field) => [field, candidate[field]]))
}

/** A placement policy that the scenario brings along: `place(request, candidates, state)`. */
export class CustomPlacement {
  private readonly asking: Asking

  constructor(policy: PolicyUse, streams: RandomStreams) {
    this.asking = new Asking('placement', policy, streams)
  }

  choose(request: PlacementRequest, candidates: readonly PlacementCandidate[], timePs: number): PlacementChoice {
    const { instance, localBytes, next } = request
    const given = { instance, localBytes, next }
    return this.asking.ask([given, candidates.map(shown)], request.instance, timePs, (answer, sort) => {
      const names = candidates.map((candidate) => candidate.name)
      const fields = fieldsOf(answer)
      const candidate = fields === null ? -1 : indexIn(names, fields['choose'])
      if (fields === null || candidate < 0)
        throw wrongAnswer(answer, sort, `{ choose, reason } with choose from 0 to ${names.length - 1} or a name`)
      return { candidate, reason: reasonOf(fields, 'no reason given') }
    })
  }

  save(): string {
    return this.asking.state
  }

  restore(state: unknown): void {
    this.asking.restore(state)
  }
}
