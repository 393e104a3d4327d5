import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from './Button'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Without a title bar: the title is for readers only. */
  readonly isBare?: boolean
  readonly className?: string
}

/** A native modal dialog: Escape and a press beside it close it, and focus returns to where it was. */
export function Dialog({ title, onClose, children, isBare = false, className = '' }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const dialog = box.current
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={box}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === box.current) onClose()
      }}
    >
      <div className="dialog-in">
        {isBare ? null : (
          <div className="head">
            <h2>{title}</h2>
            <span className="grow" />
            <Button icon="cross" look="quiet" size="small" label="Close" onClick={onClose} />
          </div>
        )}
        {children}
      </div>
    </dialog>
  )
}
