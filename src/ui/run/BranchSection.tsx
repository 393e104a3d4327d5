import { lazy, Suspense } from 'react'

const BranchPanel = lazy(async () => ({ default: (await import('./branch/BranchPanel')).BranchPanel }))

/** The comparison of a run and its branch; loaded with the first branch. */
export function BranchSection() {
  return (
    <Suspense fallback={null}>
      <BranchPanel />
    </Suspense>
  )
}
