import { appendAt, numberOf, objectsAt, setAt } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { Button } from '../widgets/Button'
import { PlaceRow } from './PlaceRow'
import type { Steps } from './steps-component'
import { useApply } from './use-edit'

interface StepOptionsProps {
  readonly path: DocumentPath
  readonly step: JsonObject
  readonly list: Steps
}

/** Options of which one is drawn. */
export function StepOptions({ path, step, list: List }: StepOptionsProps) {
  const apply = useApply()
  const options = objectsAt(step, ['options'])
  const left = 1 - options.reduce((sum, option) => sum + numberOf(option.probability, 0), 0)
  return (
    <>
      {options.map((_, i) => (
        <div key={i} className="branch">
          <PlaceRow
            info={{
              name: 'probability',
              label: `Option ${i + 1}`,
              unit: '0 – 1',
              type: 'number',
              default: null,
              summary: 'Chance of this option; all together make 1.',
            }}
            path={[...path, 'options', i, 'probability']}
          />
          <List path={[...path, 'options', i, 'steps']} name={`option ${i + 1}`} />
          <Button
            size="small"
            look="quiet"
            icon="trash"
            onClick={() => {
              apply('delete an option', (document) => setAt(document, [...path, 'options', i], undefined))
            }}
          >
            Delete option {i + 1}
          </Button>
        </div>
      ))}
      {Math.abs(left) > 1e-9 ? (
        <p className="dim">
          {left > 0 ? `${left.toPrecision(3)} is left over.` : `${(-left).toPrecision(3)} too much.`}
        </p>
      ) : null}
      <Button
        size="small"
        icon="plus"
        onClick={() => {
          apply('add an option', (document) =>
            appendAt(document, [...path, 'options'], {
              probability: Math.max(0, Number(left.toPrecision(6))),
              steps: [],
            }),
          )
        }}
      >
        Option
      </Button>
    </>
  )
}
