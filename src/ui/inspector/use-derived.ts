import { useEffect, useState } from 'react'
import type { Derived } from '../../../workers/api'
import { useDocument, usePage } from '../widgets/page-context'

/** Waits this long after an edit before the worker is asked, ms. */
const REST_MS = 60

/** What follows from the document without a run; null while it has errors or nothing is known yet. */
export function useDerived(): Derived | null {
  const { derive } = usePage()
  const scenario = useDocument((state) => state.scenario)
  const [answer, setAnswer] = useState<Derived | null>(null)
  useEffect(() => {
    if (scenario === null) return undefined
    let isCurrent = true
    const timer = setTimeout(() => {
      derive(scenario).then(
        (derived) => {
          if (isCurrent) setAnswer(derived)
        },
        () => {
          if (isCurrent) setAnswer(null)
        },
      )
    }, REST_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [derive, scenario])
  return scenario === null ? null : answer
}
