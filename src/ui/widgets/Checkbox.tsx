import type { ReactNode } from 'react'

/** On or off. */
export function Checkbox({
  id,
  checked,
  onChange,
  children,
  disabled = false,
}: {
  readonly id: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
  readonly disabled?: boolean
}) {
  return (
    <label className={`check${checked ? ' on' : ''}`} htmlFor={id}>
      <input
        id={id}
        type="checkbox"
        className="sr"
        checked={checked}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.target.checked)
        }}
      />
      <span className="box">
        {checked ? (
          <svg className="i" aria-hidden="true">
            <use href="#i-check" />
          </svg>
        ) : null}
      </span>
      {children}
    </label>
  )
}
