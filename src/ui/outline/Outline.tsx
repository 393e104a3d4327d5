import { useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { idProblem } from '../../app/edit-names'
import type { Page } from '../../app/page'
import type { Selection } from '../../stores/view-store'
import { Icon } from '../widgets/Icon'
import { Menu } from '../widgets/Menu'
import type { MenuItem } from '../widgets/Menu'
import { useDocument, usePage, useView } from '../widgets/page-context'
import { newFault, newOperation, newOrder, newService, newSource, removeThing, renameThing } from './outline-actions'
import { outlineRows } from './outline-rows'
import type { OutlineRow, RowAction } from './outline-rows'

interface OutlineProps {
  /** Instances per node, as text: `kv-0 on cpu.0`. */
  readonly living: ReadonlyMap<string, readonly string[]>
}

/** The whole document as a tree: select, add, rename and delete everything without a pointer. */
export function Outline({ living }: OutlineProps) {
  const page = usePage()
  const document = useDocument((state) => state.document)
  const problems = useDocument((state) => state.problems)
  const selection = useView((state) => state.selection)
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [stop, setStop] = useState('')
  const [renaming, setRenaming] = useState('')
  const tree = useRef<HTMLUListElement>(null)
  const closed = useMemo(() => closedRows(toggled, living), [toggled, living])
  const rows = useMemo(() => outlineRows(document, closed, living), [document, closed, living])
  const chosen = selection === null ? '' : `${selection.type}:${selection.id}`
  const stopKey = rows.some((row) => row.key === stop)
    ? stop
    : (rows.find((row) => row.key === chosen)?.key ?? rows[0]?.key ?? '')
  const toggle = (key: string, isOpen: boolean): void => {
    if (closed.has(key) !== isOpen) return
    setToggled((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]))
  }
  const go = (row: OutlineRow | undefined): void => {
    if (row === undefined) return
    setStop(row.key)
    focusRow(tree.current, row.key)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    if (event.target instanceof HTMLInputElement) return
    const index = rows.findIndex((row) => row.key === stopKey)
    const row = rows[index]
    if (row === undefined) return
    const used = keyOnRow({
      event,
      rows,
      index,
      row,
      closed,
      go,
      toggle,
      page,
      rename: () => {
        setRenaming(row.key)
      },
    })
    if (used) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  return (
    <ul className="tree" role="tree" aria-label="Outline" ref={tree} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <li
          key={row.key}
          role="treeitem"
          data-key={row.key}
          aria-level={row.level}
          aria-label={row.detail === '' ? row.text : `${row.text}, ${row.detail}`}
          aria-selected={row.key === chosen}
          aria-expanded={row.isParent ? !closed.has(row.key) : undefined}
          tabIndex={row.key === stopKey ? 0 : -1}
          className={rowClass(
            row,
            row.key === chosen,
            problems.some((one) => one.severity === 'error' && isAbout(one.path, row, document)),
          )}
          style={{ paddingLeft: row.level * 16 - 4 }}
          onFocus={() => {
            setStop(row.key)
          }}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest('.menu-box, input') !== null) return
            if (row.selection === null) toggle(row.key, closed.has(row.key))
            else
              page.view.setState({
                selection: row.selection,
                group: [],
                focused: isOnStage(row.selection) ? row.selection : page.view.getState().focused,
              })
          }}
        >
          {row.isParent ? (
            <Twisty
              isOpen={!closed.has(row.key)}
              onToggle={(isOpen) => {
                toggle(row.key, isOpen)
              }}
            />
          ) : (
            <span className="i" />
          )}
          {row.icon === null ? null : <Icon name={row.icon} />}
          {renaming === row.key && row.selection !== null ? (
            <RenameInput
              row={row}
              selection={row.selection}
              onDone={(key) => {
                setRenaming('')
                requestAnimationFrame(() => {
                  focusRow(tree.current, key)
                })
              }}
            />
          ) : (
            <span className={row.isMuted === true ? 'dim clip' : 'clip'}>{row.text}</span>
          )}
          <span className="grow" />
          <span className="faint">{row.detail}</span>
          {row.actions.length === 0 ? null : (
            <Menu
              label={`${row.text}: actions`}
              className="btn quiet small icon row-menu"
              align="end"
              button={<Icon name="more" />}
              items={menuItems(page, row, () => {
                setRenaming(row.key)
              })}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

/** A pool with more instances than this starts closed. */
const MOST_OPEN = 4

/** Rows whose children are hidden: those that were closed by hand, and those that start closed and were not opened. */
function closedRows(toggled: ReadonlySet<string>, living: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const startClosed = [...living].filter(([, inside]) => inside.length > MOST_OPEN).map(([node]) => `node:${node}`)
  return new Set([
    ...startClosed.filter((key) => !toggled.has(key)),
    ...[...toggled].filter((key) => !startClosed.includes(key)),
  ])
}

const isOnStage = ({ type }: Selection): boolean => type === 'node' || type === 'link' || type === 'rack'
const focusRow = (tree: HTMLElement | null, key: string): void => {
  tree?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus()
}

function rowClass(row: OutlineRow, isChosen: boolean, isBad: boolean): string {
  return [
    'tree-row',
    isChosen ? 'cur' : '',
    isBad ? 'is-bad' : '',
    row.icon === null && row.level === 1 ? 'tree-head' : '',
  ]
    .filter((name) => name !== '')
    .join(' ')
}

/** Whether a problem's path leads into a row's thing. */
function isAbout(path: string, row: OutlineRow, document: Parameters<typeof outlineRows>[0]): boolean {
  const { selection } = row
  if (selection === null) return false
  const lists: { readonly [type: string]: string } = {
    node: 'topology.nodes',
    link: 'topology.links',
    service: 'application.services',
    source: 'workload.sources',
  }
  const list = lists[selection.type]
  const match = list === undefined || !path.startsWith(`${list}[`) ? null : /\[(\d+)\]/.exec(path)
  if (match === null || list === undefined) return false
  const [part = '', name = ''] = list.split('.')
  const holder = document[part]
  const entries =
    typeof holder === 'object' && holder !== null && !Array.isArray(holder)
      ? (holder as { readonly [key: string]: unknown })[name]
      : undefined
  const entry: unknown = Array.isArray(entries) ? entries[Number(match[1])] : undefined
  return typeof entry === 'object' && entry !== null && 'id' in entry && entry.id === selection.id
}

function Twisty({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: (isOpen: boolean) => void }) {
  return (
    <span
      className="twisty"
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        onToggle(!isOpen)
      }}
    >
      <Icon name={isOpen ? 'down' : 'right'} />
    </span>
  )
}

function RenameInput({
  row,
  selection,
  onDone,
}: {
  readonly row: OutlineRow
  readonly selection: Selection
  readonly onDone: (key: string) => void
}) {
  const page = usePage()
  const name = selection.type === 'operation' ? (selection.id.split('.')[1] ?? '') : selection.id
  const [text, setText] = useState(name)
  const isGood = idProblem(text) === ''
  return (
    <input
      className={isGood ? 'rename' : 'rename is-bad'}
      aria-label={`New name of ${row.text}`}
      aria-invalid={!isGood}
      autoFocus
      value={text}
      onChange={(event) => {
        setText(event.target.value)
      }}
      onBlur={() => {
        onDone(row.key)
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onDone(row.key)
        if (event.key !== 'Enter' || !isGood) return
        event.preventDefault()
        if (text !== name) renameThing(page, selection, text)
        onDone(
          text === name
            ? row.key
            : `${selection.type}:${selection.type === 'operation' ? `${selection.id.split('.')[0] ?? ''}.${text}` : text}`,
        )
      }}
    />
  )
}

interface RowKey {
  readonly event: KeyboardEvent<HTMLUListElement>
  readonly rows: readonly OutlineRow[]
  readonly index: number
  readonly row: OutlineRow
  readonly closed: ReadonlySet<string>
  readonly go: (row: OutlineRow | undefined) => void
  readonly toggle: (key: string, isOpen: boolean) => void
  readonly page: Page
  readonly rename: () => void
}

/** The keys of a tree (ARIA Authoring Practices), and those of the outline. */
function keyOnRow({ event, rows, index, row, closed, go, toggle, page, rename }: RowKey): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const isOpen = row.isParent && !closed.has(row.key)
  const parent = rows.slice(0, index).findLast((one) => one.level < row.level)
  const keys: { readonly [key: string]: () => void } = {
    ArrowDown: () => {
      go(rows[index + 1])
    },
    ArrowUp: () => {
      go(rows[index - 1])
    },
    Home: () => {
      go(rows[0])
    },
    End: () => {
      go(rows[rows.length - 1])
    },
    ArrowRight: () => {
      if (row.isParent && !isOpen) toggle(row.key, true)
      else if (row.isParent) go(rows[index + 1])
    },
    ArrowLeft: () => {
      if (isOpen) toggle(row.key, false)
      else go(parent)
    },
    Enter: () => {
      select(page, row)
    },
    ' ': () => {
      select(page, row)
    },
    F2: () => {
      if (row.actions.includes('rename')) rename()
    },
    Delete: () => {
      if (row.selection !== null && row.actions.includes('delete')) {
        removeThing(page, row.selection)
        go(rows[index - 1] ?? rows[0])
      }
    },
    ContextMenu: () => {
      openMenu(event)
    },
    Insert: () => {
      const add = row.actions.find((action) => action.startsWith('add-'))
      if (add !== undefined) act(page, row, add, rename)
    },
  }
  const key = event.key === 'F10' && event.shiftKey ? 'ContextMenu' : event.key
  const action = keys[key]
  if (action === undefined || event.target instanceof HTMLButtonElement) return false
  action()
  return true
}

function openMenu(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.target instanceof HTMLElement) event.target.querySelector<HTMLElement>('.row-menu')?.click()
}

function select(page: Page, row: OutlineRow): void {
  if (row.selection === null) return
  page.view.setState({ selection: row.selection, group: [] })
  if (isOnStage(row.selection)) page.view.setState({ focused: row.selection })
}

const ACTION_WORDS: { readonly [action in RowAction]: string } = {
  'add-pool': 'Add a pool',
  'add-service': 'Add a service',
  'add-operation': 'Add an operation',
  'add-source': 'Add a source',
  'add-order': 'Add an order',
  'add-fault': 'Add a fault',
  link: 'Link to …',
  rename: 'Rename',
  duplicate: 'Duplicate',
  delete: 'Delete',
}

function menuItems(page: Page, row: OutlineRow, rename: () => void): MenuItem[] {
  return row.actions.flatMap((action): MenuItem[] => {
    if (action === 'add-pool') {
      return ['cpu', 'memory', 'gpu', 'nic', 'switch'].flatMap((kind) => {
        const command = page.commands.get(`build.add-${kind}`)
        return command === undefined
          ? []
          : [
              {
                label: command.title,
                icon: 'plus',
                onPick: () => {
                  page.commands.run(command.id)
                },
              },
            ]
      })
    }
    const keys = action === 'rename' ? 'F2' : action === 'delete' ? 'Delete' : undefined
    return [
      {
        label: ACTION_WORDS[action],
        keys,
        icon: action.startsWith('add-') ? 'plus' : action === 'delete' ? 'trash' : action === 'link' ? 'link' : 'step',
        onPick: () => {
          act(page, row, action, rename)
        },
      },
    ]
  })
}

function act(page: Page, row: OutlineRow, action: RowAction, rename: () => void): void {
  const { selection } = row
  if (action === 'add-service') newService(page)
  else if (action === 'add-source') newSource(page)
  else if (action === 'add-order') newOrder(page)
  else if (action === 'add-fault') newFault(page)
  else if (action === 'add-operation' && selection !== null) newOperation(page, selection.id)
  else if (action === 'rename') rename()
  else if (action === 'delete' && selection !== null) removeThing(page, selection)
  else if (selection !== null) {
    page.view.setState({ selection, focused: selection, group: [] })
    page.commands.run(action === 'link' ? 'build.link' : 'build.duplicate')
  }
}
