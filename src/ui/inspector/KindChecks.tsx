import { useId } from 'react'
import type { DocumentPath } from '../../app/document-path'
import { Checkbox } from '../widgets/Checkbox'
import { usePlace } from './use-edit'

interface KindChecksProps {
  readonly label: string
  readonly path: DocumentPath
  readonly kinds: readonly string[]
  /** What holds when nothing is set. */
  readonly otherwise: readonly string[]
}

/** Any of a few kinds of devices. */
export function KindChecks({ label, path, kinds, otherwise }: KindChecksProps) {
  const id = useId()
  const { value, set, problem } = usePlace(path, label.toLowerCase())
  const chosen = Array.isArray(value) ? (value as readonly string[]) : otherwise
  return (
    <div className="fld" role="group" aria-label={label}>
      <span className="fld-name">{label}</span>
      <div className="checks">
        {kinds.map((kind) => (
          <Checkbox
            key={kind}
            id={`${id}-${kind}`}
            checked={chosen.includes(kind)}
            onChange={(isOn) => {
              set(isOn ? [...chosen, kind] : chosen.filter((one) => one !== kind))
            }}
          >
            {kind}
          </Checkbox>
        ))}
        {problem === undefined ? null : <p className="fld-problem">{problem}</p>}
      </div>
      <span />
    </div>
  )
}
