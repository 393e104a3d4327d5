import type { RequestSegment } from '../../app/request-trace'
import { phaseIndex, phases } from '../../app/segment-kind'
import type { RunShape } from '../../simulator/display'
import { countText, durationText } from '../charts/quantity-text'
import { Dialog } from '../widgets/Dialog'
import { segmentWords } from './request-phases'

interface WaterfallProps {
  readonly request: number
  readonly segments: readonly RequestSegment[]
  readonly shape: RunShape
  readonly onClose: () => void
}

const mostRows = 400

/** Every stay of a request, one row each, on one time axis. */
export function Waterfall({ request, segments, shape, onClose }: WaterfallProps) {
  const start = segments[0]?.startPs ?? 0
  const end = segments.reduce(
    (latest, { endPs }) => (Number.isFinite(endPs) ? Math.max(latest, endPs) : latest),
    start + 1,
  )
  const share = (ps: number) => (100 * (Math.min(end, ps) - start)) / (end - start)
  return (
    <Dialog title={`Request #${countText(request)}, ${durationText(end - start)}`} onClose={onClose} className="wide">
      <div className="table-scroll">
        <table className="rows waterfall">
          <caption className="sr">Segments in order of their start</caption>
          <thead>
            <tr>
              <th scope="col">what</th>
              <th scope="col">where</th>
              <th scope="col" className="num">
                at
              </th>
              <th scope="col" className="num">
                for
              </th>
              <th scope="col">operation</th>
              <th scope="col" className="axis">
                time
              </th>
            </tr>
          </thead>
          <tbody>
            {segments.slice(0, mostRows).map((segment, at) => {
              const { what, where } = segmentWords(segment, shape)
              const phase = phases[phaseIndex(segment.kind, shape.devices[segment.place]?.kind === 'gpu')] ?? 'memory'
              return (
                <tr key={at}>
                  <td>{what}</td>
                  <td>{where}</td>
                  <td className="num">{durationText(segment.startPs - start)}</td>
                  <td className="num">{durationText(segment.endPs - segment.startPs)}</td>
                  <td>{shape.operations[segment.operation] ?? ''}</td>
                  <td className="axis">
                    <span
                      className={`ph ${phase}`}
                      style={{
                        marginLeft: `${share(segment.startPs)}%`,
                        width: `${share(segment.endPs) - share(segment.startPs)}%`,
                      }}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
        {segments.length > mostRows && (
          <p className="dim">
            The first {mostRows} of {countText(segments.length)} segments.
          </p>
        )}
      </div>
    </Dialog>
  )
}
