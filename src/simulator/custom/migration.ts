import type { PolicyUse } from '../../scenario/scenario'
import type { RandomStreams } from '../engine/random'
import type { MigrationView, MigrationWatch, Move } from '../policies/migration/migration-policy'
import { fieldsOf, indexIn, reasonOf, wrongAnswer, type Fields } from './answers'
import { Asking } from './asking'

const expected = 'a list of { instance, target, reason } (empty: nothing moves)'

/** A migration policy that the scenario brings along: `decide(view, state)`, once per control period. */
export function customMigration(policy: PolicyUse, streams: RandomStreams): MigrationWatch {
  const asking = new Asking('migration', policy, streams)
  return {
    decide: (view) =>
      asking.ask([view], 'all instances', view.timePs, (answer, sort) => {
        if (answer === null || sort === 'undefined') return []
        if (!Array.isArray(answer)) throw wrongAnswer(answer, sort, expected)
        return answer.map((one: unknown) => moveOf(one, view))
      }),
    save: () => ({ state: asking.state }),
    restore: (saved) => {
      asking.restore(saved['state'])
    },
  }
}

function moveOf(answer: unknown, view: MigrationView): Move {
  const fields = fieldsOf(answer)
  if (fields === null) throw wrongAnswer(answer, typeof answer, `${expected}; each of them an object`)
  const instance = indexIn(
    view.instances.map(({ name }) => name),
    fields['instance'],
  )
  if (instance < 0) throw wrongAnswer(answer, '', `instance from 0 to ${view.instances.length - 1} or a name`)
  const target = indexIn(
    view.devices.map(({ name }) => name),
    fields['target'],
  )
  const { name, targets, estimateUs } = view.instances[instance]
  if (!targets.includes(target)) {
    const may = targets.map((device) => `${device} (${view.devices[device].name})`).join(', ')
    throw wrongAnswer(answer, '', `a target that ${name} can move to now: ${may === '' ? 'there is none' : may}`)
  }
  return {
    instance,
    target,
    reason: reasonOf(fields, 'no reason given'),
    saw: sawOf(fields),
    candidates: [{ target: view.devices[target].name, estimateUs, chosen: true, note: '' }],
  }
}

const MOST_SEEN = 12

/** `saw: { name: value, … }`, for the log. */
function sawOf(fields: Fields): Move['saw'] {
  const saw = fieldsOf(fields['saw']) ?? {}
  return Object.entries(saw)
    .slice(0, MOST_SEEN)
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}
