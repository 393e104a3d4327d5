import { appendAt, setAt } from '../../app/document-path'
import type { DocumentPath, JsonObject } from '../../app/document-path'
import { Button } from '../widgets/Button'
import type { Steps } from './steps-component'
import { useApply } from './use-edit'

interface StepBranchesProps {
  readonly path: DocumentPath
  readonly step: JsonObject
  readonly list: Steps
}

/** Branches that run at once. */
export function StepBranches({ path, step, list: List }: StepBranchesProps) {
  const apply = useApply()
  const count = Array.isArray(step.branches) ? step.branches.length : 0
  return (
    <>
      {Array.from({ length: count }, (_, i) => (
        <div key={i} className="branch">
          <div className="row">
            <span className="label">Branch {i + 1}</span>
            <span className="grow" />
            <Button
              icon="cross"
              look="quiet"
              size="small"
              label={`Delete branch ${i + 1}`}
              onClick={() => {
                apply('delete a branch', (document) => setAt(document, [...path, 'branches', i], undefined))
              }}
            />
          </div>
          <List path={[...path, 'branches', i]} name={`branch ${i + 1}`} />
        </div>
      ))}
      <Button
        size="small"
        icon="plus"
        onClick={() => {
          apply('add a branch', (document) => appendAt(document, [...path, 'branches'], []))
        }}
      >
        Branch
      </Button>
    </>
  )
}
