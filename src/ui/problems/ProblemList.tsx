import { useState } from 'react'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import { subjectOf } from '../../app/problem-subject'
import type { Problem } from '../../scenario/problems'
import type { ScenarioTab, Selection } from '../../stores/view-store'
import { Button } from '../widgets/Button'
import { Icon } from '../widgets/Icon'
import { useDocument, usePage } from '../widgets/page-context'
import { useLoadWarnings } from '../widgets/use-load-warnings'
import { fixesFor } from './fixes'
import type { Fix } from './fixes'

const SHOWN = 3

/** Everything that is wrong or doubtful: its place, its words, and ways out. */
export function ProblemList() {
  const problems = [...useDocument((state) => state.problems), ...useLoadWarnings()]
  const [showsAll, setShowsAll] = useState(false)
  const errors = problems.filter((problem) => problem.severity === 'error')
  const sorted = [...errors, ...problems.filter((problem) => problem.severity !== 'error')]
  const shown = showsAll ? sorted : sorted.slice(0, SHOWN)
  if (sorted.length === 0) return null
  return (
    <ul className="problems" aria-label="Problems">
      {shown.map((problem, i) => (
        <ProblemRow
          key={`${problem.path} ${i}`}
          problem={problem}
          lead={i === 0 ? leadWords(errors.length, sorted.length - errors.length) : ''}
        />
      ))}
      {sorted.length > SHOWN ? (
        <li className="problem">
          <Button
            size="small"
            look="quiet"
            aria-expanded={showsAll}
            onClick={() => {
              setShowsAll(!showsAll)
            }}
          >
            {showsAll ? 'Show fewer' : `Show all ${sorted.length}`}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}

function leadWords(errors: number, warnings: number): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  return errors > 0 ? count(errors, 'problem') : count(warnings, 'warning')
}

function ProblemRow({ problem, lead }: { readonly problem: Problem; readonly lead: string }) {
  const page = usePage()
  const document = useDocument((state) => state.document)
  const isError = problem.severity === 'error'
  // A doubtful figure is no reason to take the thing away.
  const fixes = isError || !problem.path.startsWith('topology') ? fixesFor(document, problem) : []
  return (
    <li className="problem">
      <Icon name={isError ? 'warn' : 'info'} {...(isError ? { tint: 'alert' as const } : {})} />
      <b className="problem-lead">{lead}</b>
      <button
        type="button"
        className="problem-text"
        title={`${problem.path}: ${problem.message}`}
        onClick={() => {
          showSubject(page, subjectOf(document, problem), true)
        }}
      >
        <code>
          {problem.path === '' ? '' : `${problem.path}: `}
          {problem.message}
        </code>
      </button>
      <span className="grow" />
      {fixes.map((fix) => (
        <Button
          key={fix.words}
          size="small"
          onClick={() => {
            applyFix(page, fix, subjectOf(document, problem))
          }}
        >
          {fix.words}
        </Button>
      ))}
    </li>
  )
}

function applyFix(page: Page, fix: Fix, subject: Selection | null): void {
  const step = `${fix.words.slice(0, 1).toLowerCase()}${fix.words.slice(1)}`
  page.editor.apply(step, fix.apply(page.documents.getState().document))
  announce(page.view, `${fix.words}: done.`)
  showSubject(page, fix.then ?? subject, true)
}

const TABS: { readonly [type: string]: ScenarioTab } = {
  service: 'app',
  operation: 'app',
  source: 'load',
  run: 'load',
  fault: 'load',
  policies: 'policies',
  order: 'policies',
}

/** Selects what a problem is about and puts the keyboard into its form. */
function showSubject(page: Page, subject: Selection | null, focuses: boolean): void {
  const { panels, tab } = page.view.getState()
  page.view.setState({
    selection: subject,
    group: [],
    panels: { ...panels, right: true },
    tab: subject === null ? tab : (TABS[subject.type] ?? tab),
  })
  if (!focuses) return
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>(
        '[data-region="inspector"] .is-bad input, [data-region="inspector"] .is-bad select, [data-region="inspector"] .scroll input',
      )
      ?.focus()
  })
}
