import { compareResults } from '../../app/validation/compare-results'
import { useLive, useValidationState } from './validation-context'

/** How the case went here, in a word or two beside its name. */
export function LiveMark({ id }: { readonly id: string }) {
  const live = useLive(id)
  const recorded = useValidationState((state) => state.recorded?.short.get(id))
  if (live === undefined) return null
  return <span className="live-mark">{liveText()}</span>

  function liveText(): string {
    if (live === undefined || live.status === 'waiting') return 'waits'
    if (live.status === 'running') return `${Math.floor(100 * live.share)} %`
    if (live.status === 'failed' || live.result === null) return 'failed'
    if (recorded === undefined) return 'done'
    return compareResults(recorded, live.result).differences.length === 0 ? 'same' : 'differs'
  }
}
