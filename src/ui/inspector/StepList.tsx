import { useState } from 'react'
import { appendAt, moveAt, objectsAt, setAt, textOf } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { newStep } from '../../app/edit-application'
import { Icon } from '../widgets/Icon'
import type { IconName } from '../widgets/Icon'
import { Menu } from '../widgets/Menu'
import { useDocument } from '../widgets/page-context'
import { STEP_NAMES } from './form-fields'
import { StepForm } from './StepForm'
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
      {isOpen ? <StepForm path={[...path, index]} step={step} kind={kind} list={StepList} /> : null}
    </li>
  )
}
