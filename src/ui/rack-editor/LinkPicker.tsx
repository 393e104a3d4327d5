import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { DrawnTopology } from '../../app/read-stage'
import { Icon } from '../widgets/Icon'
import { usePage } from '../widgets/page-context'
import { KIND_ICON, KIND_TINT } from '../stage/stage-texts'
import { linkNodes } from './build-actions'

interface LinkPickerProps {
  readonly from: string
  readonly drawing: DrawnTopology
  readonly left: number
  readonly top: number
  /** Gives the keyboard back to the stage. */
  readonly onClose: () => void
}

/** Asks for the other end of a link: type, or go through the list with the arrows; Enter links. */
export function LinkPicker({ from, drawing, left, top, onClose }: LinkPickerProps) {
  const page = usePage()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
  }, [])
  const options = matchingNodes(drawing, from, text)
  const close = (): void => {
    page.view.setState({ mode: { name: 'rest' } })
    onClose()
  }
  const pick = (to: string): void => {
    linkNodes(page, from, to)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const option = options[at]
    if (step !== 0) setAt((at + step + options.length) % Math.max(1, options.length))
    else if (event.key === 'Enter' && option !== undefined) pick(option.id)
    else if (event.key === 'Escape' || event.key === 'Tab') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="stage-hud picker" style={{ left, top }}>
      <label className="label" htmlFor={id}>
        Link {from} to
      </label>
      <span className="field search">
        <Icon name="link" />
        <input
          ref={input}
          id={id}
          className="val"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={options[at] === undefined ? undefined : `${id}-${at}`}
          autoComplete="off"
          placeholder="Type or tap the other end"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            // A press on the stage picks the other end there; only leaving by other ways closes.
            if (event.relatedTarget instanceof HTMLElement) close()
          }}
        />
      </span>
      <ul role="listbox" id={`${id}-list`} aria-label="Nodes">
        {options.map((node, i) => (
          <li
            key={node.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerDown={(event) => {
              event.preventDefault()
              pick(node.id)
            }}
          >
            <Icon name={KIND_ICON[node.kind]} tint={KIND_TINT[node.kind]} />
            <span className="grow clip">{node.id}</span>
            {node.linked ? <span className="faint">linked</span> : null}
          </li>
        ))}
      </ul>
      {options.length === 0 ? <p className="faint">No such node.</p> : null}
    </div>
  )
}

/** Nodes to link to: switches first, those linked already last. */
function matchingNodes(drawing: DrawnTopology, from: string, text: string) {
  const wanted = text.trim().toLowerCase()
  const isLinked = (id: string): boolean =>
    drawing.links.some((link) => (link.from === from && link.to === id) || (link.to === from && link.from === id))
  return drawing.nodes
    .filter(
      (node) =>
        node.id !== from && (node.id.toLowerCase().includes(wanted) || node.label.toLowerCase().includes(wanted)),
    )
    .map((node) => ({ ...node, linked: isLinked(node.id) }))
    .sort((a, b) => rank(a, wanted) - rank(b, wanted))
}

const rank = (node: { readonly id: string; readonly kind: string; readonly linked: boolean }, wanted: string): number =>
  (node.id.toLowerCase() === wanted ? -4 : 0) + (node.linked ? 2 : 0) + (node.kind === 'switch' ? 0 : 1)
