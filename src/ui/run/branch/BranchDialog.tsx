import { use, useId, useState } from 'react'
import { draftPage } from '../../../app/branch/draft-page'
import { branchWords } from '../../../app/branch/branch-words'
import { withoutDecision } from '../../../app/branch/without-decision'
import type { Page } from '../../../app/page'
import type { Scenario } from '../../../scenario/scenario'
import { instantText } from '../../charts/quantity-text'
import { whatHappens } from '../../decisions/decision-text'
import { PolicyInspector } from '../../inspector/PolicyInspectors'
import { isPolicyKind, POLICY_KINDS, POLICY_NAMES } from '../../inspector/policy-names'
import { Button } from '../../widgets/Button'
import { Dialog } from '../../widgets/Dialog'
import { Field } from '../../widgets/Field'
import { PageContext, useDocument, usePage } from '../../widgets/page-context'
import { Select } from '../../widgets/Select'
import { ComingEvents } from './ComingEvents'
import './branch.css'

/** What shall be different from the playhead on; then the run goes on as B. */
export function BranchDialog() {
  const page = usePage()
  const runs = use(page.branch())
  const [base] = useState(() => runs.store.getState().a?.scenario ?? page.session.runStore.getState().scenario)
  const [atPs] = useState(() => Math.floor(page.session.playbackStore.getState().playheadPs))
  const [draft] = useState(() => (base === null ? null : draftPage(page, base)))
  const close = () => {
    page.view.setState({ dialog: 'none' })
  }
  if (base === null || draft === null) return null
  return (
    <Dialog title={`Branch from ${instantText(atPs)}`} className="branch-dialog" onClose={close}>
      <PageContext value={draft}>
        <BranchForm
          base={base}
          atPs={atPs}
          onRun={(changed) => {
            close()
            void runs.run(atPs, changed)
          }}
        />
      </PageContext>
    </Dialog>
  )
}

interface BranchFormProps {
  readonly base: Scenario
  readonly atPs: number
  readonly onRun: (changed: Scenario) => void
}

/** Stands in the draft's page: its forms change B only. */
function BranchForm({ base, atPs, onRun }: BranchFormProps) {
  const id = useId()
  const [what, setWhat] = useState<string>('migration')
  const scenario = useDocument((state) => state.scenario)
  const problem = useDocument((state) => state.problems.find((one) => one.severity === 'error'))
  const words = scenario === null ? '' : branchWords(base, scenario)
  return (
    <>
      <div className="scroll">
        <div className="sect">
          <p className="dim">
            Up to this moment both courses are the same. From then on B goes its own way, with the same requests and the
            same chance to come: what differs is the effect of the change.
          </p>
          <WithoutDecision atPs={atPs} base={base} />
        </div>
        <div className="sect fields">
          <Field label="What changes" htmlFor={id}>
            <Select
              id={id}
              value={what}
              choices={[
                ...POLICY_KINDS.map((kind) => ({
                  value: kind,
                  label: `${POLICY_NAMES[kind]}: ${scenario?.policies[kind].use ?? base.policies[kind].use}`,
                })),
                { value: 'orders', label: 'Orders to come' },
                { value: 'faults', label: 'Faults to come' },
              ]}
              onChange={setWhat}
            />
          </Field>
        </div>
        {isPolicyKind(what) ? (
          <PolicyInspector kind={what} />
        ) : (
          <ComingEvents list={what === 'orders' ? 'orders' : 'faults'} atPs={atPs} />
        )}
      </div>
      <div className="foot">
        <p className="grow" role="status">
          {problem !== undefined ? (
            <span className="bad">
              {problem.path}: {problem.message}
            </span>
          ) : words === '' ? (
            <span className="dim">Nothing is changed yet.</span>
          ) : (
            <>
              <b className="b">B:</b> {words} from {instantText(atPs)}
            </>
          )}
        </p>
        <Button
          look="primary"
          icon="branch"
          disabled={scenario === null || words === ''}
          onClick={() => {
            if (scenario !== null) onRun(scenario)
          }}
        >
          Run B
        </Button>
      </div>
    </>
  )
}

/** Where the playhead stands just before a decision: B without it. */
function WithoutDecision({ atPs, base }: { readonly atPs: number; readonly base: Scenario }) {
  const page = usePage()
  const decision = decisionAt(page, atPs)
  const without = decision === undefined ? null : withoutDecision(base, decision)
  if (decision === undefined || without === null) return null
  return (
    <div className="row">
      <span className="grow">
        Next: {whatHappens(decision)} <span className="dim">({decision.reason})</span>
      </span>
      <Button
        size="small"
        onClick={() => {
          page.editor.apply('leave out the decision', without.document)
        }}
      >
        {without.words}
      </Button>
    </div>
  )
}

function decisionAt({ session }: Page, atPs: number) {
  const { decisions } = session.runStore.getState()
  const decision = decisions[session.playbackStore.getState().selectedDecision]
  return decision !== undefined && decision.timePs >= atPs && decision.timePs - atPs <= 1 ? decision : undefined
}
