import type { Command } from '../../app/commands/command'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import type { NodeKind } from '../../scenario/scenario'
import { readingOrder } from '../stage/reading-order'
import type { StageHandle } from '../stage/stage-handle'
import {
  addPool,
  chosenNodes,
  copyText,
  currentNode,
  GRID,
  growBy,
  intoRack,
  moveBy,
  pasteChosen,
  readFragment,
  removeChosen,
  tidy,
} from './build-actions'

const POOLS: readonly { readonly kind: NodeKind; readonly key: string; readonly title: string }[] = [
  { kind: 'cpu', key: 'C', title: 'Add a CPU pool' },
  { kind: 'memory', key: 'M', title: 'Add a memory pool' },
  { kind: 'gpu', key: 'G', title: 'Add a GPU pool' },
  { kind: 'nic', key: 'N', title: 'Add a NIC or DPU pool' },
  { kind: 'switch', key: 'S', title: 'Add a switch' },
]

/** Everything that can be asked for while the rack is drawn. */
export function buildCommands(page: Page, handle: () => StageHandle | null): readonly Command[] {
  return [...addCommands(page, handle), ...modeCommands(page, handle), ...editCommands(page, handle)]
}

const canEdit = (page: Page) => (): boolean => page.view.getState().canEdit && page.view.getState().view === 'build'

function withStage(handle: () => StageHandle | null, act: (stage: StageHandle) => void): () => void {
  return () => {
    const stage = handle()
    if (stage !== null) act(stage)
  }
}

function addCommands(page: Page, handle: () => StageHandle | null): Command[] {
  return POOLS.map(({ kind, key, title }) => ({
    id: `build.add-${kind}`,
    title,
    keys: [`A ${key}`],
    scope: 'build',
    group: 'Build',
    when: canEdit(page),
    run: withStage(handle, (stage) => {
      addPool(page, stage, kind)
    }),
  }))
}

const ARROWS = [
  ['Left', -1, 0],
  ['Right', 1, 0],
  ['Up', 0, -1],
  ['Down', 0, 1],
] as const

function modeCommands(page: Page, handle: () => StageHandle | null): Command[] {
  const move = { scope: 'move', group: 'Move', hidden: true } as const
  const build = { scope: 'build', group: 'Build', hidden: true } as const
  const push = (dx: number, dy: number) =>
    withStage(handle, (stage) => {
      const { mode } = page.view.getState()
      if (mode.name === 'move') moveBy(page, stage, mode.ids, dx, dy)
    })
  return [
    ...ARROWS.map(([way, dx, dy]): Command => ({
      ...move,
      id: `move.${way}`,
      title: `Move it ${way.toLowerCase()} by 20 px`,
      keys: [`Arrow${way}`],
      run: push(dx * GRID, dy * GRID),
    })),
    ...ARROWS.map(([way, dx, dy]): Command => ({
      ...move,
      id: `move.nudge-${way}`,
      title: `Move it ${way.toLowerCase()} by 1 px`,
      keys: [`Shift+Arrow${way}`],
      run: push(dx, dy),
    })),
    {
      ...move,
      id: 'move.drop',
      title: 'Drop it',
      keys: ['Enter'],
      run: () => {
        drop(page)
      },
    },
    {
      ...move,
      id: 'move.back',
      title: 'Put it back',
      keys: ['Escape'],
      run: () => {
        putBack(page)
      },
    },
    ...ARROWS.map(([way]): Command => ({
      ...build,
      id: `build.extend-${way}`,
      title: `Extend the selection ${way.toLowerCase()}`,
      keys: [`Shift+Arrow${way}`],
      run: () => {
        extend(page, way)
      },
    })),
    ...ARROWS.map(([way, dx, dy]): Command => ({
      ...build,
      id: `build.grow-${way}`,
      title: `Add a linked pool of the same kind, ${way.toLowerCase()}`,
      keys: [`Ctrl+Arrow${way}`],
      when: () => canEdit(page)() && currentNode(page) !== null,
      run: withStage(handle, (stage) => {
        growBy(page, stage, dx, dy)
      }),
    })),
    {
      ...build,
      id: 'build.enter',
      title: 'Select and open the inspector',
      keys: ['Enter', 'Space'],
      run: () => {
        enter(page)
      },
    },
    {
      ...build,
      id: 'build.escape',
      title: 'One level out',
      keys: ['Escape'],
      run: () => {
        escape(page)
      },
    },
  ]
}

function editCommands(page: Page, handle: () => StageHandle | null): Command[] {
  const base = { scope: 'build', group: 'Build', when: canEdit(page) } as const
  const some = (): boolean => canEdit(page)() && chosenNodes(page).length > 0
  const { view } = page
  return [
    {
      ...base,
      id: 'build.link',
      title: 'Link this pool to another',
      keys: ['L'],
      when: () => canEdit(page)() && currentNode(page) !== null,
      run: () => {
        const from = currentNode(page)
        if (from !== null) view.setState({ mode: { name: 'link', from } })
      },
    },
    {
      ...base,
      id: 'build.move',
      title: 'Move with the arrow keys',
      keys: ['M'],
      when: some,
      run: () => {
        view.setState({ mode: { name: 'move', ids: chosenNodes(page), fresh: false } })
        announce(view, 'Move mode. Arrows move, Enter drops, Escape puts back.')
      },
    },
    {
      ...base,
      id: 'build.delete',
      title: 'Delete the selection',
      keys: ['Delete', 'Backspace'],
      run: withStage(handle, (stage) => {
        removeChosen(page, stage)
      }),
    },
    {
      ...base,
      id: 'build.all',
      title: 'Select everything',
      keys: ['Ctrl+A'],
      run: withStage(handle, (stage) => {
        const all = readingOrder(stage.geometry).filter((one) => one.type === 'node')
        view.setState({ group: all, selection: all[0] ?? null })
        announce(view, `${all.length} selected.`)
      }),
    },
    {
      ...base,
      id: 'build.copy',
      title: 'Copy',
      keys: ['Ctrl+C'],
      when: some,
      run: () => {
        void copy(page)
      },
    },
    {
      ...base,
      id: 'build.cut',
      title: 'Cut',
      keys: ['Ctrl+X'],
      when: some,
      run: () => {
        void copy(page)
        const stage = handle()
        if (stage !== null) removeChosen(page, stage)
      },
    },
    {
      ...base,
      id: 'build.duplicate',
      title: 'Duplicate',
      keys: ['Ctrl+D'],
      when: some,
      run: () => {
        const fragment = readFragment(copyText(page))
        if (fragment !== null) pasteChosen(page, fragment, 'duplicate')
      },
    },
    {
      ...base,
      id: 'build.edit',
      title: 'Edit in the inspector',
      keys: ['E', 'F2'],
      run: () => {
        enter(page)
        requestAnimationFrame(focusInspector)
      },
    },
    {
      ...base,
      id: 'build.rack',
      title: 'Put the selection into a new rack',
      keys: ['Ctrl+G'],
      when: some,
      run: () => {
        intoRack(page)
      },
    },
    {
      ...base,
      id: 'build.tidy',
      title: 'Tidy the layout',
      keys: ['Ctrl+Shift+L'],
      run: withStage(handle, (stage) => {
        tidy(page, stage)
      }),
    },
  ]
}

async function copy(page: Page): Promise<void> {
  const text = copyText(page)
  try {
    await navigator.clipboard.writeText(text)
    announce(page.view, 'Copied.')
  } catch {
    announce(page.view, 'This page may not use the clipboard here.')
  }
}

function drop(page: Page): void {
  page.view.setState({ mode: { name: 'rest' } })
  announce(page.view, 'Dropped.')
}

/** What was moved by keys goes back to where it was. */
function putBack(page: Page): void {
  const { past } = page.documents.getState()
  if ((past[past.length - 1]?.name ?? '').startsWith('move ')) page.editor.undo()
  page.view.setState({ mode: { name: 'rest' } })
  announce(page.view, 'Put back.')
}

/** Enter selects what has the keyboard. */
function enter(page: Page): void {
  const { mode, focused, panels } = page.view.getState()
  if (mode.name === 'rest' && focused !== null)
    page.view.setState({ selection: focused, group: [], panels: { ...panels, right: true } })
}

/** Escape goes one level out. */
function escape(page: Page): void {
  const { mode, group } = page.view.getState()
  if (mode.name === 'link') page.view.setState({ mode: { name: 'rest' } })
  else if (group.length > 0) page.view.setState({ group: [] })
  else page.view.setState({ selection: null })
}

function extend(page: Page, way: 'Left' | 'Right' | 'Up' | 'Down'): void {
  const before = page.view.getState().focused
  page.commands.run(`stage.${way.toLowerCase()}`)
  const { focused, group } = page.view.getState()
  if (before === null || focused === null || focused === before) return
  const all = [...(group.length > 0 ? group : [before]), focused]
  page.view.setState({
    group: all.filter((one, i) => all.findIndex((other) => other.type === one.type && other.id === one.id) === i),
  })
}

export function focusInspector(): void {
  const first = document.querySelector<HTMLElement>(
    '[data-region="inspector"] [data-first], [data-region="inspector"] input, [data-region="inspector"] select',
  )
  first?.focus()
}
