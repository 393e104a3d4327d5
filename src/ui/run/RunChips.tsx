import { useStore } from 'zustand'
import { FIDELITIES } from '../../app/fidelity-words'
import { getAt, setAt } from '../../app/document-path'
import { announce } from '../../app/page'
import { subjectOf } from '../../app/problem-subject'
import { problemWords } from '../../app/problem-words'
import { Icon } from '../widgets/Icon'
import { Menu, type MenuItem } from '../widgets/Menu'
import { useDocument, usePage } from '../widgets/page-context'
import { useLoadWarnings } from '../widgets/use-load-warnings'

/** What one should know of a run while looking at it: how finely it was simulated, and what is doubtful in it. */
export function RunChips() {
  return (
    <span className="run-chips">
      <WarningChip />
      <FidelityChip />
    </span>
  )
}

/** The fidelity chosen, and whether it is that of the run; the menu says what each means and chooses one. */
function FidelityChip() {
  const page = usePage()
  const ran = useStore(page.session.runStore, (state) => state.scenario?.run.fidelity ?? null)
  const written = useDocument((state) => getAt(state.document, ['run', 'fidelity']))
  const canEdit = page.view.getState().canEdit
  if (ran === null) return null
  const chosen = FIDELITIES.find(({ id }) => id === written)?.id ?? 'burst'
  const words = chosen === ran ? ran : `${chosen}, not run yet`
  const items: (MenuItem | 'line')[] = FIDELITIES.map(({ id, name, what }) => ({
    label: name,
    note: what,
    ...(id === chosen ? { icon: 'check' as const } : {}),
    disabled: id !== chosen && !canEdit,
    onPick: () => {
      if (id === chosen) return
      const { document } = page.documents.getState()
      page.editor.apply('change fidelity', setAt(document, ['run', 'fidelity'], id === 'burst' ? undefined : id))
      announce(page.view, `Fidelity ${name} for the next run.`)
    },
  }))
  return (
    <Menu
      label={`Fidelity: ${words}`}
      className={chosen === ran ? 'chip' : 'chip stale'}
      align="end"
      button={
        <>
          {words}
          <Icon name="down" />
        </>
      }
      items={[
        ...items,
        'line',
        {
          label: 'Measured errors and speeds',
          icon: 'table',
          onPick: () => {
            page.commands.run('validation.fidelity')
          },
        },
      ]}
    />
  )
}

/** Doubts about the scenario: quiet, and never in the way. */
function WarningChip() {
  const page = usePage()
  const doubts = useDocument((state) => state.problems).filter((problem) => problem.severity === 'warning')
  const warnings = [...doubts, ...useLoadWarnings()]
  if (warnings.length === 0) return null
  const words = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  return (
    <Menu
      label={words}
      className="chip"
      align="end"
      button={
        <>
          <Icon name="warn" />
          {words}
        </>
      }
      items={warnings.slice(0, 8).map((problem) => ({
        label: problemWords(problem).place,
        note: problemWords(problem).text,
        icon: 'warn' as const,
        onPick: () => {
          page.view.setState({ selection: subjectOf(page.documents.getState().document, problem), group: [] })
          page.commands.run('shell.build')
        },
      }))}
    />
  )
}
