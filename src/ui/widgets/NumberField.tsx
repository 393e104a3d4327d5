import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { parseNumber, showNumber, whyNoNumber } from './number-text'

interface NumberFieldProps {
  readonly id: string
  /** undefined: not set, so that `placeholder` holds; null: set to "none". */
  readonly value: number | null | undefined
  readonly onChange: (value: number | null | undefined) => void
  readonly unit?: string
  /** The preset's value. */
  readonly placeholder?: string
  readonly isInteger?: boolean
  /** What an empty field that is set to null means, e.g. "unlimited"; null is not allowed when left out. */
  readonly nullMeans?: string | undefined
  readonly minimum?: number | undefined
  readonly disabled?: boolean
  readonly label?: string
  readonly describedBy?: string | undefined
  readonly isBad?: boolean
}

/** What is being written, in which field, and the value of the field then: a text that is refused stays only beside it. */
interface Draft {
  readonly text: string
  readonly id: string
  readonly value: number | null | undefined
}

/**
 * A number with its unit. Takes `20k` and `1e6`, arrow keys step; an empty field stands for the preset. What is no number
 * stays in the field with the reason below it, until it is mended, or Escape brings the value back.
 */
export function NumberField(props: NumberFieldProps) {
  const { id, value, onChange, unit = '', placeholder = '', nullMeans, disabled = false } = props
  const [written, setDraft] = useState<Draft | null>(null)
  const text = written?.id === id ? written.text : null
  const isRefused = text !== null && readDraft(text, nullMeans, props.isInteger ?? false) === 'bad'
  const draft = isRefused && !Object.is(written?.value, value) ? null : text
  const shown = draft ?? (value === null ? (nullMeans ?? '') : value === undefined ? '' : showNumber(value))
  const refused = isRefused ? draft : null
  const isBad = props.isBad === true || refused !== null
  const step = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape' && refused !== null) {
      event.stopPropagation()
      setDraft(null)
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    const from = value ?? parseNumber(placeholder)
    if (from === null) return
    event.preventDefault()
    setDraft(null)
    onChange(nextStep(from, event.key === 'ArrowUp' ? 1 : -1, props))
  }
  const described = [props.describedBy, refused === null ? undefined : `${id}-why`].filter(Boolean).join(' ')
  return (
    <>
      <span className={`field${isBad ? ' is-bad' : ''}${value === undefined ? ' is-preset' : ''}`}>
        <input
          id={id}
          className="val num"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={shown}
          placeholder={placeholder}
          disabled={disabled}
          aria-label={props.label}
          aria-invalid={isBad || undefined}
          aria-describedby={described === '' ? undefined : described}
          onChange={(event) => {
            const next = readDraft(event.target.value, nullMeans, props.isInteger ?? false)
            setDraft({ text: event.target.value, id, value })
            if (next !== 'bad') onChange(next)
          }}
          onFocus={(event) => {
            event.target.select()
          }}
          onBlur={() => {
            if (refused === null) setDraft(null)
          }}
          onKeyDown={step}
        />
        {unit === '' ? null : <span className="u">{unit}</span>}
      </span>
      {refused === null ? null : (
        <p className="fld-problem" id={`${id}-why`} role="status">
          {whyNoNumber(refused)}
        </p>
      )}
    </>
  )
}

function readDraft(
  draft: string,
  nullMeans: string | undefined,
  isInteger: boolean,
): number | null | undefined | 'bad' {
  if (draft.trim() === '') return undefined
  if (nullMeans !== undefined && nullMeans.toLowerCase().startsWith(draft.trim().toLowerCase())) return null
  const value = parseNumber(draft)
  if (value === null || (isInteger && !Number.isInteger(value))) return 'bad'
  return value
}

function nextStep(from: number, sign: 1 | -1, { isInteger = false, minimum }: NumberFieldProps): number {
  const size =
    isInteger && Math.abs(from) < 20
      ? 1
      : 10 ** Math.floor(Math.log10(Math.max(Math.abs(from), isInteger ? 10 : 1e-9)) - 0.999)
  const next = Number((from + sign * size).toPrecision(12))
  return minimum === undefined ? next : Math.max(minimum, next)
}
