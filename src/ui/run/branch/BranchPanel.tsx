import { use } from 'react'
import { useStore } from 'zustand'
import type { BranchRuns } from '../../../app/branch/branch-runs'
import { downloadText } from '../../../app/export-download'
import { DIFFERENCE_FILE, differenceFile } from '../../../app/export-files'
import type { BranchResult, DifferenceRow } from '../../../simulator/result'
import { countText, instantText, microsText, numberText } from '../../charts/quantity-text'
import { Button } from '../../widgets/Button'
import { Segmented } from '../../widgets/Segmented'
import { usePage } from '../../widgets/page-context'
import { changeText, figureRows, verdict } from './branch-figures'
import './branch.css'

/** Which course the stage and the timeline show, above the rack. */
export function BranchRibbon() {
  const page = usePage()
  const runs = use(page.branch())
  const { status, share, words, atPs, message } = useStore(runs.store)
  const lane = useStore(page.session.runStore, (state) => state.lane)
  if (status === 'none') return null
  const name = `${words} from ${instantText(atPs)}`
  return (
    <div
      className={`ribbon branch${status === 'failed' ? ' bad' : ''}`}
      role={status === 'failed' ? 'alert' : 'group'}
      aria-label="Branch"
    >
      {status === 'done' && (
        <Segmented
          name="Course"
          isSmall
          options={[
            { id: 'a', label: 'A' },
            { id: 'b', label: 'B' },
          ]}
          current={lane}
          onChange={runs.show}
        />
      )}
      <div className="msg">
        {status === 'failed' ? (
          <>
            <b className="b">No branch:</b> {message}
          </>
        ) : lane === 'a' && status === 'done' ? (
          <>
            <b className="b">A:</b> as it ran <span className="dim">(B: {name})</span>
          </>
        ) : (
          <>
            <b className="b">B:</b> {name}
          </>
        )}
        {status === 'running' && <BranchProgress share={share} />}
      </div>
      <Button
        size="small"
        look="quiet"
        icon="cross"
        label={status === 'running' ? 'Stop the branch' : 'Close the branch'}
        onClick={runs.clear}
      />
    </div>
  )
}

function BranchProgress({ share }: { readonly share: number }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label="Branch simulated"
      aria-valuenow={Math.round(100 * share)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <b style={{ width: `${100 * share}%` }} />
    </div>
  )
}

/** A and B side by side, and what the change did. */
export function BranchPanel() {
  const page = usePage()
  const runs: BranchRuns = use(page.branch())
  const result = useStore(runs.store, (state) => state.result)
  const words = useStore(runs.store, (state) => state.words)
  return result === null ? null : <Comparison result={result} words={words} />
}

function Comparison({ result, words }: { readonly result: BranchResult; readonly words: string }) {
  const { paired, differences, atPs } = result
  return (
    <section className="sect branch-figures" aria-label="Comparison of A and B">
      <h2>
        A against B <span className="count">{instantText(atPs)}</span>
      </h2>
      <p>
        <b className="b">{verdict(paired, words)}</b>
      </p>
      <p className="dim">
        {countText(paired.requests)} requests ended in both since then: {countText(paired.faster)} are faster in B,{' '}
        {countText(paired.slower)} slower, the others equal.
        {paired.onlyA + paired.onlyB > 0 &&
          ` ${countText(paired.onlyA)} were answered in A only, ${countText(paired.onlyB)} in B only.`}
      </p>
      <table className="tight">
        <caption className="sr">Figures of the whole run in A and in B</caption>
        <thead>
          <tr>
            <th scope="col">whole run</th>
            <th scope="col" className="num">
              A
            </th>
            <th scope="col" className="num">
              B
            </th>
            <th scope="col" className="num">
              change
            </th>
          </tr>
        </thead>
        <tbody>
          {figureRows(differences).map(({ name, row }) => (
            <FigureRow key={row.metric} name={name} row={row} />
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        icon="export"
        className="start"
        title="Every figure of A and of B, with intervals"
        onClick={() => {
          void differenceFile(result).then(({ name, text }) => {
            downloadText(name, text)
          })
        }}
      >
        {DIFFERENCE_FILE}
      </Button>
    </section>
  )
}

function FigureRow({ name, row }: { readonly name: string; readonly row: DifferenceRow }) {
  const { a, b, difference, unit } = row
  const text = (value: number): string =>
    !Number.isFinite(value)
      ? '–'
      : unit === 'us'
        ? microsText(value)
        : unit === ''
          ? countText(value)
          : numberText(value)
  return (
    <tr>
      <th scope="row">
        {name} {unit !== 'us' && unit !== '' && <span className="u">{unit}</span>}
      </th>
      <td className="num">{text(a)}</td>
      <td className="num">{text(b)}</td>
      <td className={difference === 0 ? 'num dim' : 'num b'}>{changeText(row)}</td>
    </tr>
  )
}
