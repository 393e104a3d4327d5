import { Button } from '../widgets/Button'
import { useValidation, useValidationState } from './validation-context'

interface RunAllProps {
  readonly ids: readonly string[]
  readonly label: string
}

/** Runs many cases one after another, with the way back. */
export function RunAll({ ids, label }: RunAllProps) {
  const session = useValidation()
  const queue = useValidationState((state) => state.queue)
  const asked = useValidationState((state) => state.asked)
  const share = useValidationState((state) => state.live.get(state.queue[0] ?? '')?.share ?? 0)
  if (queue.length === 0) {
    return (
      <Button look="primary" icon="play" disabled={ids.length === 0} onClick={() => session.run(ids)}>
        {label}
      </Button>
    )
  }
  const done = asked - queue.length
  return (
    <div className="run-all" role="group" aria-label="Cases being run">
      <span>
        <b className="b">{queue[0]}</b>
        <span className="dim">
          {' '}
          case {done + 1} of {asked}
        </span>
      </span>
      <div
        className="progress"
        role="progressbar"
        aria-label="Cases run"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((100 * (done + share)) / asked)}
      >
        <b style={{ width: `${(100 * (done + share)) / asked}%` }} />
      </div>
      <Button size="small" onClick={session.cancel}>
        Cancel
      </Button>
    </div>
  )
}
