import { useId, useState } from 'react'
import { appendAt, isObject, moveAt, numberOf, objectsAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { newStep, operationNames } from '../../app/edit-application'
import { Button } from '../widgets/Button'
import { Field } from '../widgets/Field'
import { Icon } from '../widgets/Icon'
import type { IconName } from '../widgets/Icon'
import { Menu } from '../widgets/Menu'
import { Select } from '../widgets/Select'
import { useDocument } from '../widgets/page-context'
import { DistributionRows } from './DistributionRows'
import { STEP_NAMES, stepFields } from './form-fields'
import { KindChecks } from './KindChecks'
import { ChoiceRow, PlaceRow } from './PlaceRow'
import { stepText } from './step-text'
import { useApply } from './use-edit'

const ICONS: { readonly [kind: string]: IconName } = {
  compute: 'cpu',
  memory: 'memory',
  kernel: 'gpu',
  call: 'link',
  send: 'source',
  parallel: 'table',
  choose: 'offload',
  delay: 'clock',
}

/** The steps of an operation, a branch or an option: open, change, move, add, delete. */
export function StepList({ path, name }: { readonly path: DocumentPath; readonly name: string }) {
  const steps = useDocument((state) => state.document)
  const list = objectsAt(steps, path)
  const [open, setOpen] = useState<number | null>(list.length === 1 && path.length < 8 ? 0 : null)
  const apply = useApply()
  return (
    <div className="steps">
      <ol aria-label={name}>
        {list.map((step, i) => (
          <StepItem
            key={i}
            path={path}
            index={i}
            last={list.length - 1}
            step={step}
            isOpen={open === i}
            onToggle={() => {
              setOpen(open === i ? null : i)
            }}
            onOpen={setOpen}
          />
        ))}
      </ol>
      <Menu
        label={`Add a step to ${name}`}
        className="btn small"
        button={
          <>
            <Icon name="plus" />
            Step
          </>
        }
        items={Object.entries(STEP_NAMES).map(([kind, label]) => ({
          label,
          icon: ICONS[kind] ?? 'step',
          onPick: () => {
            apply(`add ${label.toLowerCase()} step`, (document) => appendAt(document, path, newStep(kind)))
            setOpen(list.length)
          },
        }))}
      />
    </div>
  )
}

interface StepItemProps {
  readonly path: DocumentPath
  readonly index: number
  readonly last: number
  readonly step: JsonObject
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onOpen: (index: number | null) => void
}

function StepItem({ path, index, last, step, isOpen, onToggle, onOpen }: StepItemProps) {
  const apply = useApply()
  const kind = textOf(step.do)
  const name = STEP_NAMES[kind] ?? kind
  const move = (by: 1 | -1) => () => {
    apply('move a step', (document) => moveAt(document, path, index, index + by))
    onOpen(isOpen ? index + by : null)
  }
  return (
    <li className={isOpen ? 'step is-open' : 'step'}>
      <div className="step-head">
        <button type="button" className="step-toggle" aria-expanded={isOpen} onClick={onToggle}>
          <Icon name={isOpen ? 'down' : 'right'} />
          <Icon name={ICONS[kind] ?? 'step'} />
          <span className="b">{name}</span>
          <span className="dim clip">{stepText(step)}</span>
        </button>
        <Menu
          label={`Step ${index + 1}, ${name}: more`}
          className="btn quiet small icon"
          align="end"
          button={<Icon name="more" />}
          items={[
            { label: 'Move up', icon: 'up', disabled: index === 0, onPick: move(-1) },
            { label: 'Move down', icon: 'down', disabled: index === last, onPick: move(1) },
            {
              label: 'Duplicate',
              icon: 'plus',
              onPick: () => {
                apply('duplicate a step', (document) =>
                  moveAt(appendAt(document, path, step), path, last + 1, index + 1),
                )
              },
            },
            {
              label: 'Delete',
              icon: 'trash',
              onPick: () => {
                apply('delete a step', (document) => setAt(document, [...path, index], undefined))
                onOpen(null)
              },
            },
          ]}
        />
      </div>
      {isOpen ? <StepForm path={[...path, index]} step={step} kind={kind} /> : null}
    </li>
  )
}

function StepForm({
  path,
  step,
  kind,
}: {
  readonly path: DocumentPath
  readonly step: JsonObject
  readonly kind: string
}) {
  const operations = useDocument((state) => state.document)
  return (
    <div className="fields step-form">
      {kind === 'compute' ? <WorkRows path={path} step={step} /> : null}
      {kind === 'delay' ? <DistributionRows label="Time" unit="ns" path={[...path, 'timeNs']} /> : null}
      {kind === 'call' || kind === 'send' ? (
        <ChoiceRow
          label="To"
          path={[...path, 'to']}
          choices={operationNames(operations).map((name) => ({ value: name, label: name }))}
        />
      ) : null}
      {(stepFields[kind] ?? []).map((info) => (
        <PlaceRow key={info.name} info={info} path={[...path, info.name]} />
      ))}
      {kind === 'compute' || kind === 'kernel' ? (
        <KindChecks
          label="Offload to"
          path={[...path, 'offload']}
          kinds={['cpu', 'memory', 'gpu', 'nic']}
          otherwise={[]}
        />
      ) : null}
      {kind === 'parallel' ? <Branches path={path} step={step} /> : null}
      {kind === 'choose' ? <Options path={path} step={step} /> : null}
    </div>
  )
}

/** Work of a compute step: as time on the reference core, or as instructions. */
function WorkRows({ path, step }: { readonly path: DocumentPath; readonly step: JsonObject }) {
  const id = useId()
  const apply = useApply()
  const isTime = isObject(step.timeNs)
  return (
    <>
      <Field label="Work" htmlFor={id}>
        <Select
          id={id}
          value={isTime ? 'timeNs' : 'instructions'}
          choices={[
            { value: 'timeNs', label: 'time on a reference core' },
            { value: 'instructions', label: 'instructions' },
          ]}
          onChange={(next) => {
            const value =
              next === 'timeNs' ? { dist: 'exponential', mean: 100000 } : { dist: 'constant', value: 200000 }
            apply('change the work', (document) =>
              setAt(
                setAt(document, [...path, next], value),
                [...path, next === 'timeNs' ? 'instructions' : 'timeNs'],
                undefined,
              ),
            )
          }}
        />
      </Field>
      <DistributionRows
        label={isTime ? 'Time' : 'Instructions'}
        unit={isTime ? 'ns' : ''}
        path={[...path, isTime ? 'timeNs' : 'instructions']}
      />
    </>
  )
}

function Branches({ path, step }: { readonly path: DocumentPath; readonly step: JsonObject }) {
  const apply = useApply()
  const count = Array.isArray(step.branches) ? step.branches.length : 0
  return (
    <>
      {Array.from({ length: count }, (_, i) => (
        <div key={i} className="branch">
          <div className="row">
            <span className="label">Branch {i + 1}</span>
            <span className="grow" />
            <Button
              icon="cross"
              look="quiet"
              size="small"
              label={`Delete branch ${i + 1}`}
              onClick={() => {
                apply('delete a branch', (document) => setAt(document, [...path, 'branches', i], undefined))
              }}
            />
          </div>
          <StepList path={[...path, 'branches', i]} name={`branch ${i + 1}`} />
        </div>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() => {
          apply('add a branch', (document) => appendAt(document, [...path, 'branches'], []))
        }}
      >
        Branch
      </Button>
    </>
  )
}

function Options({ path, step }: { readonly path: DocumentPath; readonly step: JsonObject }) {
  const apply = useApply()
  const options = objectsAt(step, ['options'])
  const left = 1 - options.reduce((sum, option) => sum + numberOf(option.probability, 0), 0)
  return (
    <>
      {options.map((_, i) => (
        <div key={i} className="branch">
          <PlaceRow
            info={{
              name: 'probability',
              label: `Option ${i + 1}`,
              unit: '0 – 1',
              type: 'number',
              default: null,
              summary: 'Chance of this option; all together make 1.',
            }}
            path={[...path, 'options', i, 'probability']}
          />
          <StepList path={[...path, 'options', i, 'steps']} name={`option ${i + 1}`} />
          <Button
            size="small"
            look="quiet"
            icon="trash"
            onClick={() => {
              apply('delete an option', (document) => setAt(document, [...path, 'options', i], undefined))
            }}
          >
            Delete option {i + 1}
          </Button>
        </div>
      ))}
      {Math.abs(left) > 1e-9 ? (
        <p className="dim">
          {left > 0 ? `${left.toPrecision(3)} is left over.` : `${(-left).toPrecision(3)} too much.`}
        </p>
      ) : null}
      <Button
        size="small"
        icon="plus"
        onClick={() => {
          apply('add an option', (document) =>
            appendAt(document, [...path, 'options'], {
              probability: Math.max(0, Number(left.toPrecision(6))),
              steps: [],
            }),
          )
        }}
      >
        Option
      </Button>
    </>
  )
}
