import { useState } from 'react'
import { Inspector } from '../inspector/Inspector'
import { ProblemList } from '../problems/ProblemList'
import { BuildStage } from '../rack-editor/BuildStage'
import { tabPanelId, Tabs } from '../widgets/Tabs'
import { useDocument } from '../widgets/page-context'
import { RunButton } from './BuildDock'
import { useLiving } from './instance-places'
import { ScenarioPanel } from './ScenarioPanel'
import './build.css'

type Sheet = 'scenario' | 'selected' | 'problems'

/** Editing on a narrow screen: the stage, and a sheet with the lists, the form and the problems. */
export function PhoneBuild() {
  const living = useLiving()
  const [sheet, setSheet] = useState<Sheet>('scenario')
  const problems = useDocument((state) => state.problems.length)
  const tabs = [
    { id: 'scenario', label: 'Scenario' },
    { id: 'selected', label: 'Selected' },
    { id: 'problems', label: problems === 0 ? 'Problems' : `Problems ${problems}` },
  ] as const
  return (
    <div className="phone-build">
      <main className="stage" aria-label="Stage">
        <BuildStage instances={living.places} leases={living.leases} />
      </main>
      <section className="sheet" aria-label="Scenario">
        <div className="grab" />
        <Tabs name="Edit" look="seg" tabs={tabs} current={sheet} onChange={setSheet} />
        <div className="sheet-body" id={tabPanelId('Edit')} role="tabpanel" data-region="inspector">
          {sheet === 'scenario' ? <ScenarioPanel living={living.words} /> : null}
          {sheet === 'selected' ? <Inspector /> : null}
          {sheet === 'problems' ? <ProblemList /> : null}
        </div>
      </section>
      <div className="phone-foot">
        <span className="grow" />
        <RunButton />
      </div>
    </div>
  )
}
