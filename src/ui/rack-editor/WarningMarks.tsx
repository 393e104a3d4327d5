import { subjectOf } from '../../app/problem-subject'
import { problemWords } from '../../app/problem-words'
import type { StageGeometry } from '../stage/geometry'
import { useDocument } from '../widgets/page-context'
import { useLoadWarnings } from '../widgets/use-load-warnings'

/** A small triangle on every pool, switch and link that something is doubtful about. */
export function WarningMarks({ geometry }: { readonly geometry: StageGeometry }) {
  const document = useDocument((state) => state.document)
  const problems = [...useDocument((state) => state.problems), ...useLoadWarnings()]
  const marks = new Map<string, string[]>()
  for (const problem of problems) {
    if (problem.severity !== 'warning') continue
    const subject = subjectOf(document, problem)
    if (subject?.type !== 'node' && subject?.type !== 'link') continue
    const key = `${subject.type} ${subject.id}`
    marks.set(key, [...(marks.get(key) ?? []), `${problemWords(problem).place}: ${problemWords(problem).text}`])
  }
  return [...marks].map(([key, texts]) => {
    const place = placeOf(geometry, key)
    if (place === null) return null
    return (
      <g key={key} data-warning={key} transform={`translate(${place.x} ${place.y})`}>
        <title>{texts.join('\n')}</title>
        <path d="M0-9L9.500 7.500H-9.500Z" className="warn-mark" />
        <path d="M0-3.500V2M0 4.600V5" className="warn-mark-in" />
      </g>
    )
  })
}

/** The upper left corner of a card, the middle of a link. */
function placeOf(geometry: StageGeometry, key: string): { readonly x: number; readonly y: number } | null {
  const [type = '', id = ''] = key.split(' ')
  if (type === 'node') {
    const card = geometry.cardById.get(id)
    return card === undefined ? null : { x: card.x + (card.kind === 'switch' ? 10 : 0), y: card.y + 2 }
  }
  return geometry.linkById.get(id)?.lines[0]?.curve.middleAt(0.5) ?? null
}
