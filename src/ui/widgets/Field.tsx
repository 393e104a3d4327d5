import type { ReactNode } from 'react'
import { Button } from './Button'

interface FieldProps {
  readonly label: string
  readonly htmlFor: string
  /** Set by the document rather than by the preset: written bold. */
  readonly isChanged?: boolean
  /** Takes the value away, so that the preset's holds again. */
  readonly onReset?: (() => void) | undefined
  /** Words under the control: what is wrong. */
  readonly problem?: string | undefined
  /** Longer explanation, as a tooltip of the label. */
  readonly hint?: string | undefined
  readonly children: ReactNode
}

/** One row of a form: label, control, and a way back to the preset. */
export function Field({ label, htmlFor, isChanged = false, onReset, problem, hint, children }: FieldProps) {
  return (
    <div className="fld">
      <label htmlFor={htmlFor} className={isChanged ? 'b' : undefined} title={hint}>
        {label}
      </label>
      <div className="fld-control">
        {children}
        {problem === undefined ? null : (
          <p className="fld-problem" id={`${htmlFor}-problem`}>
            <svg className="i" aria-hidden="true">
              <use href="#i-warn" />
            </svg>
            {problem}
          </p>
        )}
      </div>
      {onReset !== undefined && isChanged ? (
        <Button icon="reset" look="quiet" size="small" label={`Reset ${label} to preset`} onClick={onReset} />
      ) : (
        <span />
      )}
    </div>
  )
}
