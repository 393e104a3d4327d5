import type { KeyboardEvent } from 'react'
import type { CaseFilter } from '../../stores/validation-store'
import type { CaseInfo, CaseResult } from '../../validation/validation-case'
import { Checkbox } from '../widgets/Checkbox'
import { Icon } from '../widgets/Icon'
import { Select } from '../widgets/Select'
import { LiveMark } from './LiveMark'
import { GROUPS } from './validation-words'
import { VerdictMark } from './VerdictMark'

interface CaseListProps {
  readonly shown: readonly CaseInfo[]
  readonly results: ReadonlyMap<string, CaseResult>
  readonly filter: CaseFilter
  readonly onFilter: (filter: CaseFilter) => void
  readonly current: string | null
  /** null: the overview. */
  readonly onOpen: (id: string | null) => void
}

/** Every case by group, with its verdict; arrows move along it. */
export function CaseList({ shown, results, filter, onFilter, current, onOpen }: CaseListProps) {
  return (
    <>
      <div className="head">
        <h2>Validation</h2>
        <span className="count">{shown.length}</span>
      </div>
      <CaseFilters filter={filter} onFilter={onFilter} name="list" />
      <div className="scroll case-list" onKeyDown={moveInList}>
        <button
          type="button"
          className={`list-row${current === null ? ' cur' : ''}`}
          aria-current={current === null ? 'page' : undefined}
          onClick={() => onOpen(null)}
        >
          <Icon name="table" />
          <span className="b grow">Overview</span>
        </button>
        {GROUPS.map((group) => {
          const cases = shown.filter((one) => one.group === group.id)
          return cases.length === 0 ? null : (
            <section key={group.id} aria-label={group.name}>
              <h3 className="label">
                {group.name} <span className="count">{cases.length}</span>
              </h3>
              {cases.map((one) => (
                <CaseRow
                  key={one.id}
                  info={one}
                  verdict={results.get(one.id)?.verdict ?? null}
                  isCurrent={one.id === current}
                  onOpen={onOpen}
                />
              ))}
            </section>
          )
        })}
        {shown.length === 0 ? <p className="sect dim">No case is like that.</p> : null}
      </div>
    </>
  )
}

interface CaseFiltersProps {
  readonly filter: CaseFilter
  readonly onFilter: (filter: CaseFilter) => void
  /** Tells the ids of two sets of filters apart. */
  readonly name: string
}

export function CaseFilters({ filter, onFilter, name }: CaseFiltersProps) {
  return (
    <div className="case-filters">
      <label className="field search">
        <Icon name="search" />
        <input
          type="search"
          className="val"
          placeholder="Search cases"
          aria-label="Search cases"
          value={filter.search}
          onChange={(event) => {
            onFilter({ ...filter, search: event.target.value })
          }}
        />
      </label>
      <div className="row">
        <Select
          id={`${name}-group`}
          label="Group"
          value={filter.group}
          choices={[{ value: '', label: 'All groups' }, ...GROUPS.map(({ id, name: label }) => ({ value: id, label }))]}
          onChange={(group) => {
            onFilter({ ...filter, group })
          }}
        />
        <Checkbox
          id={`${name}-misses`}
          checked={filter.onlyMisses}
          onChange={(onlyMisses) => {
            onFilter({ ...filter, onlyMisses })
          }}
        >
          Misses only
        </Checkbox>
      </div>
    </div>
  )
}

interface CaseRowProps {
  readonly info: CaseInfo
  readonly verdict: CaseResult['verdict'] | null
  readonly isCurrent: boolean
  readonly onOpen: (id: string) => void
}

function CaseRow({ info, verdict, isCurrent, onOpen }: CaseRowProps) {
  return (
    <button
      type="button"
      className={`list-row${isCurrent ? ' cur' : ''}`}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => {
        onOpen(info.id)
      }}
    >
      <VerdictMark verdict={verdict ?? 'unknown'} />
      <span className="case-id">{info.id}</span>
      <span className="grow clip">{info.title}</span>
      <span className="sr">{verdict ?? 'not recorded'}</span>
      <LiveMark id={info.id} />
    </button>
  )
}

function moveInList(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.list-row')]
  const at = rows.findIndex((row) => row === document.activeElement)
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus()
}
