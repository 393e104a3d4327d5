import { useEffect, useState } from 'react'
import type { Problem } from '../../scenario/problems'
import { useDocument, usePage } from './page-context'

/** Waits this long after an edit before the worker is asked, ms. */
const REST_MS = 250

const NONE: readonly Problem[] = []

/** Parts that are asked for more than they can do, once the document can be run; the worker knows the ways and the places. */
export function useLoadWarnings(): readonly Problem[] {
  const { derive } = usePage()
  const scenario = useDocument((state) => state.scenario)
  const [known, setKnown] = useState<readonly Problem[]>(NONE)
  useEffect(() => {
    if (scenario === null) return undefined
    let isCurrent = true
    const timer = setTimeout(() => {
      derive(scenario).then(
        ({ warnings }) => {
          if (isCurrent) setKnown(warnings)
        },
        () => undefined,
      )
    }, REST_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [derive, scenario])
  return scenario === null ? NONE : known
}
