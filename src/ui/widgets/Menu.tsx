import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Icon } from './Icon'
import type { IconName } from './Icon'
import { KeyCaps } from './KeyCaps'

export interface MenuItem {
  readonly label: string
  /** A second, longer line. */
  readonly note?: string
  readonly icon?: IconName
  readonly keys?: string | undefined
  readonly disabled?: boolean
  readonly onPick: () => void
}

interface MenuProps {
  /** The button's name for readers. */
  readonly label: string
  readonly button: ReactNode
  readonly items: readonly (MenuItem | 'line')[]
  readonly className?: string
  readonly align?: 'start' | 'end'
  readonly isUp?: boolean
}

/** A button that opens a list of actions; arrows move, Escape closes. */
export function Menu({ label, button, items, className = 'btn quiet', align = 'start', isUp = false }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen) return undefined
    const close = (event: PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) setOpen(false)
    }
    document.addEventListener('pointerdown', close, true)
    box.current?.querySelector<HTMLElement>('[role="menuitem"]:not(:disabled)')?.focus()
    return () => {
      document.removeEventListener('pointerdown', close, true)
    }
  }, [isOpen])
  const shut = (): void => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  return (
    <div className="menu-box" ref={box}>
      <button
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => {
          setOpen(!isOpen)
        }}
      >
        {button}
      </button>
      {isOpen ? (
        <div
          className={`menu ${align}${isUp ? ' up' : ''}`}
          role="menu"
          id={id}
          aria-label={label}
          onKeyDown={(event) => {
            moveInMenu(event, shut)
          }}
        >
          {items.map((item, i) =>
            item === 'line' ? (
              <hr key={i} />
            ) : (
              <button
                key={i}
                type="button"
                role="menuitem"
                disabled={item.disabled}
                onClick={() => {
                  shut()
                  item.onPick()
                }}
              >
                {item.icon === undefined ? <span className="i" /> : <Icon name={item.icon} />}
                <span className="grow">
                  {item.label}
                  {item.note === undefined ? null : <span className="menu-note">{item.note}</span>}
                </span>
                {item.keys === undefined ? null : <KeyCaps keys={item.keys} />}
              </button>
            ),
          )}
        </div>
      ) : null}
    </div>
  )
}

function moveInMenu(event: KeyboardEvent<HTMLDivElement>, shut: () => void): void {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault()
    event.stopPropagation()
    shut()
    return
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)')]
  const index = items.findIndex((item) => item === document.activeElement)
  items[(index + step + items.length) % items.length]?.focus()
}
