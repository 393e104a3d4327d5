import { useState } from 'react'

interface TextFieldProps {
  readonly id: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  /** Why a text is refused; '' when it is fine. Refused texts stay in the field and are not handed on. */
  readonly check?: (text: string) => string
  /** Hands the text on when the field is left or Enter pressed, not with every letter. */
  readonly isLate?: boolean
  readonly isMono?: boolean
  readonly label?: string
}

/** One line of text. */
export function TextField({
  id,
  value,
  onChange,
  placeholder = '',
  check,
  isLate = false,
  isMono = false,
  label,
}: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const problem = draft === null ? '' : (check?.(draft) ?? '')
  const commit = (): void => {
    if (draft !== null && problem === '' && draft !== value) onChange(draft)
    setDraft(null)
  }
  return (
    <>
      <span className={`field${problem === '' ? '' : ' is-bad'}`}>
        <input
          id={id}
          className={`val${isMono ? ' mono' : ''}`}
          autoComplete="off"
          spellCheck={false}
          value={draft ?? value}
          placeholder={placeholder}
          aria-label={label}
          aria-invalid={problem !== '' || undefined}
          aria-describedby={problem === '' ? undefined : `${id}-why`}
          onChange={(event) => {
            setDraft(event.target.value)
            if (!isLate && (check?.(event.target.value) ?? '') === '') onChange(event.target.value)
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
          }}
        />
      </span>
      {problem === '' ? null : (
        <p className="fld-problem" id={`${id}-why`}>
          {problem}
        </p>
      )}
    </>
  )
}
