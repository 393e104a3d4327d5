interface SegmentedProps<T extends string> {
  readonly name: string
  readonly options: readonly { readonly id: T; readonly label: string }[]
  readonly current: T
  readonly onChange: (id: T) => void
  readonly isSmall?: boolean
}

/** A switch between a few ways of looking. */
export function Segmented<T extends string>({ name, options, current, onChange, isSmall = false }: SegmentedProps<T>) {
  return (
    <div className={`seg${isSmall ? ' small' : ''}`} role="group" aria-label={name}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          aria-pressed={option.id === current}
          onClick={() => {
            onChange(option.id)
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
