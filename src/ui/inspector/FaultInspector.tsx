import { useId } from 'react'
import { getAt, isObject, numberOf, objectsAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { FieldInfo } from '../../scenario/catalog'
import type { Json } from '../../scenario/scenario'
import { Field } from '../widgets/Field'
import { Select } from '../widgets/Select'
import { useDocument } from '../widgets/page-context'
import { DeleteRow } from './DeleteRow'
import { DistributionRows } from './DistributionRows'
import { atSecondsField } from './form-fields'
import { PlaceRow } from './PlaceRow'
import { useApply, usePlace } from './use-edit'

const effectInfo: FieldInfo = {
  name: 'effect',
  label: 'Effect',
  unit: '',
  type: 'choice',
  choices: ['down', 'slow'],
  default: 'down',
  summary: 'Gone, or only slower. Links and switches can be down, links and CPU pools slow.',
}
const factor: FieldInfo = {
  name: 'factor',
  label: 'Factor',
  unit: '×',
  type: 'number',
  default: null,
  summary: 'How many times slower.',
}
const lasts: FieldInfo = {
  name: 'forSeconds',
  label: 'For',
  unit: 's',
  type: 'number',
  default: null,
  nullMeans: 'for good',
  summary: 'How long it lasts.',
}
const warning: FieldInfo = {
  name: 'warningSeconds',
  label: 'Warns before',
  unit: 's',
  type: 'number',
  default: null,
  minimum: 0,
  nullMeans: 'no warning',
  summary: 'So long before it goes down others know, for the recovery policy `evacuate`.',
}
const part = (name: string, label: string, nullMeans: string, summary: string): FieldInfo => ({
  name,
  label,
  unit: '',
  type: 'integer',
  default: null,
  minimum: 0,
  nullMeans,
  summary,
})

/** Something that goes wrong at an instant: where, how, and for how long. */
export function FaultInspector({ index }: { readonly index: number }) {
  const fault = useDocument((state) => getAt(state.document, ['faults', index]))
  const path = ['faults', index]
  const { effect, target, mtbfSeconds, mttrSeconds, warningSeconds } = isObject(fault) ? fault : {}
  const isSlow = textOf(effect, 'down') === 'slow'
  const isRandom = mtbfSeconds !== undefined || mttrSeconds !== undefined
  const isOfDevice = !isSlow && !(isObject(target ?? null) && getAt(target, ['link']) !== undefined)
  return (
    <div className="sect fields">
      <TargetRows path={[...path, 'target']} />
      <PlaceRow info={effectInfo} path={[...path, 'effect']} />
      {isSlow ? <PlaceRow info={factor} path={[...path, 'factor']} /> : null}
      <TimeRow path={path} isRandom={isRandom} />
      {isRandom ? <RandomRows path={path} /> : <ScheduleRows path={path} />}
      {isOfDevice || warningSeconds !== undefined ? (
        <PlaceRow info={warning} path={[...path, 'warningSeconds']} />
      ) : null}
      <DeleteRow path={path} name="fault" />
    </div>
  )
}

/** By schedule or at random; what belongs to the other is taken away. */
function TimeRow({ path, isRandom }: { readonly path: DocumentPath; readonly isRandom: boolean }) {
  const id = useId()
  const apply = useApply()
  const change = (toRandom: boolean): void => {
    apply('change when a fault comes', (before) => {
      const seconds = numberOf(getAt(before, ['run', 'durationSeconds']), 1)
      const times: { readonly [name: string]: Json | undefined } = toRandom
        ? { atSeconds: undefined, forSeconds: undefined, mtbfSeconds: seconds / 2, mttrSeconds: seconds / 20 }
        : { mtbfSeconds: undefined, mttrSeconds: undefined, atSeconds: seconds / 2, forSeconds: seconds / 10 }
      return Object.entries(times).reduce((document, [name, value]) => setAt(document, [...path, name], value), before)
    })
  }
  return (
    <Field label="Comes" htmlFor={id} hint="At random: each device of a pool on its own, again and again.">
      <Select
        id={id}
        value={isRandom ? 'random' : 'once'}
        choices={[
          { value: 'once', label: 'once, at a time' },
          { value: 'random', label: 'at random' },
        ]}
        onChange={(next) => {
          if ((next === 'random') !== isRandom) change(next === 'random')
        }}
      />
    </Field>
  )
}

function ScheduleRows({ path }: { readonly path: DocumentPath }) {
  return (
    <>
      <PlaceRow info={atSecondsField} path={[...path, 'atSeconds']} />
      <PlaceRow info={lasts} path={[...path, 'forSeconds']} />
    </>
  )
}

/** A mere number is the mean of an exponential distribution. */
function RandomRows({ path }: { readonly path: DocumentPath }) {
  const common = { unit: 's', plain: 'exponential' }
  return (
    <>
      <DistributionRows {...common} label="Fails after" path={[...path, 'mtbfSeconds']} begin={1} />
      <DistributionRows {...common} label="Back after" path={[...path, 'mttrSeconds']} begin={0.05} />
    </>
  )
}

/** A node or one of its devices; a link, of one device or of all, in one lane or in all. */
function TargetRows({ path }: { readonly path: DocumentPath }) {
  const id = useId()
  const document = useDocument((state) => state.document)
  const { value, set, problem } = usePlace(path, 'what a fault hits')
  const target = isObject(value) ? value : { node: textOf(value) }
  const link = textOf(target.link)
  const ids = (list: string) => objectsAt(document, ['topology', list]).map((one) => textOf(one.id))
  return (
    <>
      <Field label="Hits" htmlFor={id} problem={problem}>
        <Select
          id={id}
          value={link === '' ? `node ${textOf(target.node)}` : `link ${link}`}
          isBad={problem !== undefined}
          choices={[
            ...ids('nodes').map((name) => ({ value: `node ${name}`, label: name })),
            ...ids('links').map((name) => ({ value: `link ${name}`, label: `link ${name}` })),
          ]}
          onChange={(next) => {
            const [kind = 'node', name = ''] = next.split(' ')
            set(kind === 'link' ? { link: name } : { node: name, device: null })
          }}
        />
      </Field>
      <PlaceRow
        info={part(
          'device',
          'Device',
          link === '' ? 'all' : 'of all',
          'Which one; a link of a pool has one line each.',
        )}
        path={[...path, 'device']}
      />
      {link === '' ? null : (
        <PlaceRow info={part('lane', 'Lane', 'all', 'Which lane of the link.')} path={[...path, 'lane']} />
      )}
    </>
  )
}
