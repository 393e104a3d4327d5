import type { CaseInfo, CaseResult } from '../../validation/validation-case'
import { DeviationStrip } from './DeviationStrip'
import { LiveMark } from './LiveMark'
import { STRICTNESS, VERDICTS } from './validation-words'
import { VerdictMark } from './VerdictMark'

interface CaseTableProps {
  readonly cases: readonly CaseInfo[]
  readonly results: ReadonlyMap<string, CaseResult>
  readonly onOpen: (id: string) => void
}

/** One row per case, with how far each of its values is off. */
export function CaseTable({ cases, results, onOpen }: CaseTableProps) {
  return (
    <div className="v-scroll scroll-shade" tabIndex={0} role="region" aria-label="Cases and how far they are off">
      <table className="rows v-cases">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Case</th>
            <th scope="col">Class</th>
            <th scope="col">
              Off, in parts of what is allowed
              <span className="strip-axis" aria-hidden="true">
                <span>−1</span>
                <span>0</span>
                <span>+1</span>
              </span>
            </th>
            <th scope="col" className="num">
              Here
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <CaseLine key={one.id} info={one} result={results.get(one.id)} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {cases.length === 0 ? <p className="dim v-none">No case is like that.</p> : null}
    </div>
  )
}

interface CaseLineProps {
  readonly info: CaseInfo
  readonly result: CaseResult | undefined
  readonly onOpen: (id: string) => void
}

function CaseLine({ info, result, onOpen }: CaseLineProps) {
  return (
    <tr>
      <td>
        <span className="row verdict-cell">
          <VerdictMark verdict={result?.verdict ?? 'unknown'} />
          {result === undefined ? 'Not recorded' : VERDICTS[result.verdict]}
        </span>
      </td>
      <th scope="row">
        <button type="button" className="link-btn" onClick={() => onOpen(info.id)}>
          <span className="case-id">{info.id}</span> {info.title}
        </button>
      </th>
      <td className="dim">{STRICTNESS[info.strictness].name}</td>
      <td>
        <DeviationStrip rows={result?.rows ?? []} />
      </td>
      <td className="num">
        <LiveMark id={info.id} />
      </td>
    </tr>
  )
}
