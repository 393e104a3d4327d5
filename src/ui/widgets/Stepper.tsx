import { Button } from './Button'

/** Minus and plus beside a count. */
export function Stepper({
  label,
  value,
  minimum,
  onChange,
}: {
  readonly label: string
  readonly value: number
  readonly minimum: number
  readonly onChange: (value: number) => void
}) {
  return (
    <span className="stepper">
      <Button
        icon="minus"
        label={`One ${label} fewer`}
        disabled={value <= minimum}
        onClick={() => {
          onChange(value - 1)
        }}
      />
      <Button
        icon="plus"
        label={`One ${label} more`}
        onClick={() => {
          onChange(value + 1)
        }}
      />
    </span>
  )
}
