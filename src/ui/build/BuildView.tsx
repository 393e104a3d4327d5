import { Inspector } from '../inspector/Inspector'
import { BuildStage } from '../rack-editor/BuildStage'
import { useView } from '../widgets/page-context'
import { BuildDock } from './BuildDock'
import type { LinkWords } from './BuildDock'
import { useLiving } from './instance-places'
import { ScenarioPanel } from './ScenarioPanel'
import './build.css'

/** The Build view: four parts for the grid of the shell. */
export function BuildView({ linkWords }: { readonly linkWords: LinkWords }) {
  const living = useLiving()
  const panels = useView((state) => state.panels)
  return (
    <>
      {panels.left ? (
        <nav className="panel left" aria-label="Scenario" data-region="panel">
          <ScenarioPanel living={living.words} />
        </nav>
      ) : null}
      <main className="stage" aria-label="Stage">
        <BuildStage instances={living.places} leases={living.leases}>
          <p className="stage-hud stage-tip faint">
            Snap 20 px, hold Ctrl to place freely. Drag from a card’s edge to link, tap both ends, or press{' '}
            <span className="key">L</span>
          </p>
        </BuildStage>
      </main>
      {panels.right ? (
        <aside className="panel rightp" aria-label="Inspector" data-region="inspector">
          <Inspector />
        </aside>
      ) : null}
      <section className="dock" aria-label="Problems and run" data-region="dock">
        <BuildDock linkWords={linkWords} />
      </section>
    </>
  )
}
