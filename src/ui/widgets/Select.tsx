import { Icon } from './Icon'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly disabled?: boolean
}

interface SelectProps {
  readonly id: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
  readonly disabled?: boolean
  readonly label?: string
  readonly isBad?: boolean
  readonly isPreset?: boolean
  readonly describedBy?: string | undefined
}

/** One of a few. A value that is none of the choices is shown as it is. */
export function Select({
  id,
  value,
  choices,
  onChange,
  disabled = false,
  label,
  isBad = false,
  isPreset = false,
  describedBy,
}: SelectProps) {
  const all = choices.some((choice) => choice.value === value)
    ? choices
    : [{ value, label: value === '' ? 'choose …' : value }, ...choices]
  return (
    <span className={`field select${isBad ? ' is-bad' : ''}${isPreset ? ' is-preset' : ''}`}>
      <select
        id={id}
        className="val"
        value={value}
        disabled={disabled}
        aria-label={label}
        aria-invalid={isBad || undefined}
        aria-describedby={describedBy}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      >
        {all.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="down" className="chev" />
    </span>
  )
}
