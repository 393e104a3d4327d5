import { use, useMemo } from 'react'
import { strongestResults } from '../../app/validation/recorded'
import { filterCases } from '../../app/validation/verdicts'
import type { CaseFilter, Recorded } from '../../stores/validation-store'
import type { CaseInfo } from '../../validation/validation-case'
import { Icon } from '../widgets/Icon'
import { usePage, useView } from '../widgets/page-context'
import { CaseFilters, CaseList } from './CaseList'
import { CasePage } from './CasePage'
import { Overview } from './Overview'
import { useValidation, useValidationState, ValidationContext } from './validation-context'
import './validation.css'

/** The Validation view: what the simulator was held against, what came out, and running it again here. */
export function ValidationView({ isPhone }: { readonly isPhone: boolean }) {
  const session = use(usePage().validation())
  return (
    <ValidationContext value={session}>
      <Loaded isPhone={isPhone} />
    </ValidationContext>
  )
}

function Loaded({ isPhone }: { readonly isPhone: boolean }) {
  const recorded = useValidationState((state) => state.recorded)
  const message = useValidationState((state) => state.message)
  if (recorded !== null) return <Parts recorded={recorded} isPhone={isPhone} />
  return (
    <main className="validation" aria-label="Validation">
      {message === '' ? null : (
        <div className="ribbon bad" role="alert">
          <Icon name="warn" tint="alert" />
          <p className="msg">The recorded results could not be loaded: {message}</p>
        </div>
      )}
    </main>
  )
}

interface PartsProps {
  readonly recorded: Recorded
  readonly isPhone: boolean
}

function Parts({ recorded, isPhone }: PartsProps) {
  const { view } = usePage()
  const { store } = useValidation()
  const filter = useValidationState((state) => state.filter)
  const setFilter = (next: CaseFilter): void => {
    store.setState({ filter: next })
  }
  const panels = useView((state) => state.panels)
  const caseId = useView((state) => state.caseId)
  const results = useMemo(() => strongestResults(recorded), [recorded])
  const shown = useMemo(() => filterCases(recorded.cases, results, filter), [recorded, results, filter])
  const hasList = panels.left && !isPhone
  const chosen = recorded.cases.find((one) => one.id === caseId)
  const open = (id: string | null): void => {
    view.setState({ caseId: id })
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main.validation')?.scrollTo({ top: 0 }))
  }
  const list = (
    <CaseList
      shown={shown}
      results={results}
      filter={filter}
      onFilter={setFilter}
      current={chosen?.id ?? null}
      onOpen={open}
    />
  )
  return (
    <>
      {hasList ? (
        <nav className="panel left" aria-label="Cases" data-region="panel">
          {list}
        </nav>
      ) : null}
      <main className="validation" aria-label="Validation" data-region="validation" tabIndex={-1}>
        {chosen === undefined ? (
          <Overview
            recorded={recorded}
            results={results}
            shown={shown}
            filters={hasList ? null : <CaseFilters filter={filter} onFilter={setFilter} name="overview" />}
            onOpen={open}
          />
        ) : (
          <CasePage
            key={chosen.id}
            info={chosen}
            recorded={recorded}
            neighbors={neighborsOf(shown, chosen)}
            onOpen={open}
          />
        )}
      </main>
    </>
  )
}

/** The cases before and after one, among those that are listed. */
function neighborsOf(
  shown: readonly CaseInfo[],
  chosen: CaseInfo,
): readonly [CaseInfo | undefined, CaseInfo | undefined] {
  const at = shown.findIndex((one) => one.id === chosen.id)
  return at < 0 ? [undefined, shown[0]] : [shown[at - 1], shown[at + 1]]
}
