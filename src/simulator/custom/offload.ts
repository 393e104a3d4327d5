import type { PolicyUse } from '../../scenario/scenario'
import type { RandomStreams } from '../engine/random'
import type { OffloadCandidate, OffloadChoice, OffloadChooser, OffloadView } from '../policies/offload/offload-policy'
import { fieldsOf, indexIn, reasonOf, wrongAnswer } from './answers'
import { Asking } from './asking'

/** An offload policy that the scenario brings along: `offload(step, candidates, state)`, whenever a step begins. */
export function customOffload(policy: PolicyUse, streams: RandomStreams): OffloadChooser {
  const asking = new Asking('offload', policy, streams)
  return {
    choose: (view) => {
      const { candidates } = view
      const names = candidates.map((candidate) => candidate.target)
      // Several executions of a step may begin at one time: what tells them apart is a draw of their own.
      const own = Math.floor(view.uniform(0) * 4294967296)
      const read = (answer: unknown, sort: string): OffloadChoice => choiceOf(answer, sort, names)
      return asking.ask([stepOf(view), candidates.map(shown)], view.step, view.timePs, read, own)
    },
    save: () => ({ state: asking.state }),
    restore: (saved) => {
      asking.restore(saved['state'])
    },
  }
}

function choiceOf(answer: unknown, sort: string, names: readonly string[]): OffloadChoice {
  const fields = fieldsOf(answer)
  const candidate = fields === null ? -1 : indexIn(names, fields['choose'])
  if (fields === null || candidate < 0)
    throw wrongAnswer(answer, sort, `{ choose, reason } with choose from 0 to ${names.length - 1} or a name`)
  return { candidate, reason: reasonOf(fields, 'no reason given') }
}

function stepOf({ timePs, step, index, decisions }: OffloadView): object {
  return { timePs, step, index, decisions }
}

/** All of a candidate that is plain data. */
const fields: { readonly [field in keyof OffloadCandidate]: true } = {
  target: true,
  device: true,
  pool: true,
  kind: true,
  isHome: true,
  servers: true,
  busy: true,
  waiting: true,
  distanceUs: true,
  holds: true,
  firstUseUs: true,
  transferUs: true,
  queueUs: true,
  runUs: true,
  estimateUs: true,
}
const fieldNames = Object.keys(fields) as (keyof OffloadCandidate)[]

function shown(candidate: OffloadCandidate): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fieldNames.map((field) => [field, candidate[field]]))
}
