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
  /** The words are a doubt and no error: nothing is in the way. */
  readonly isDoubt?: boolean
  /** Longer explanation, as a tooltip of the label; readers hear it with the control. */
  readonly hint?: string | undefined
  /** The value in force was never published: the label is underlined with dots, and says so. */
  readonly isAssumed?: boolean
  readonly children: ReactNode
}

/** Where the hint of a control stands, for `aria-describedby`. */
export const hintId = (id: string): string => `${id}-hint`

/** One row of a form: label, control, and a way back to the preset. */
export function Field({
  label,
  htmlFor,
  isChanged = false,
  onReset,
  problem,
  hint,
  isDoubt = false,
  isAssumed = false,
  children,
}: FieldProps) {
  return (
    <div className="fld">
      <label htmlFor={htmlFor} className={isChanged ? 'b' : undefined} title={hint}>
        {isAssumed ? <span className="assumed">{label}</span> : label}
        {isAssumed ? <span className="sr">(assumed)</span> : null}
      </label>
      <div className="fld-control">
        {children}
        {hint === undefined || hint === '' ? null : (
          <span hidden id={hintId(htmlFor)}>
            {hint}
          </span>
        )}
        {problem === undefined ? null : (
          <p className={isDoubt ? 'fld-problem is-doubt' : 'fld-problem'} id={`${htmlFor}-problem`}>
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
