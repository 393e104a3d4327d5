import type { ReactNode } from 'react'
import type { CaseResult, Row } from '../../validation/validation-case'
import { VERDICTS } from './validation-words'

type Verdict = CaseResult['verdict'] | Row['verdict'] | 'unknown'

/** The verdict as a shape: a full disk with a check, a square with a cross, an open ring, a dashed ring. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <svg className={`verdict-mark v-${verdict.replace(' ', '-')}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[verdict]}
    </svg>
  )
}

const disk = (
  <>
    <circle cx="8" cy="8" r="7" className="v-fill" />
    <path d="M4.8 8.2l2.200 2.200 4.200-4.800" className="v-cut" />
  </>
)
const cross = (
  <>
    <rect x="1.500" y="1.500" width="13" height="13" rx="2" className="v-fill" />
    <path d="M5 5l6 6M11 5l-6 6" className="v-cut" />
  </>
)

const shapes: { readonly [verdict in Verdict]: ReactNode } = {
  holds: disk,
  within: disk,
  misses: cross,
  outside: cross,
  'shown only': <circle cx="8" cy="8" r="6" className="v-open" />,
  unknown: <circle cx="8" cy="8" r="6" className="v-open v-dashed" />,
}

/** The same in words beside the shape. */
export function VerdictBadge({ verdict }: { readonly verdict: CaseResult['verdict'] | null }) {
  return (
    <span className={`verdict-badge ${verdict === 'misses' ? 'is-miss' : ''}`}>
      <VerdictMark verdict={verdict ?? 'unknown'} />
      {verdict === null ? 'Not recorded' : VERDICTS[verdict]}
    </span>
  )
}
