import type { Command } from '../../app/commands/command'
import { announce } from '../../app/page'
import type { Page } from '../../app/page'
import { runDocument } from '../../app/run-document'
import type { Theme, View } from '../../stores/view-store'

/** What the dialogs about files can be asked for. */
export interface ShellFiles {
  readonly show: (dialog: 'share' | 'export' | 'open' | 'gallery' | 'versions') => void
  readonly opener: {
    /** Puts an empty document in place. */
    readonly empty: () => void
  }
}

const REGIONS = ['.stage-ground', 'main.validation', '.panel.left', '.dock', '.panel.rightp'] as const

/** Commands that work everywhere. */
export function shellCommands(page: Page, files: ShellFiles): readonly Command[] {
  return [...viewCommands(page), ...fileCommands(page, files), ...historyCommands(page), ...regionCommands(page)]
}

const base = { scope: 'global', group: 'Everywhere' } as const

const VIEW_NAMES: { readonly [view in View]: string } = {
  build: 'Build',
  run: 'Run',
  compare: 'Compare',
  learn: 'Learn',
  validation: 'Validation',
}

export function showView(page: Page, view: View): void {
  page.view.setState({ view, mode: { name: 'rest' } })
  announce(page.view, `${VIEW_NAMES[view]} view.`)
}

function viewCommands(page: Page): Command[] {
  const { view, session } = page
  return [
    {
      ...base,
      id: 'shell.palette',
      title: 'Find or do …',
      keys: ['Ctrl+K'],
      run: () => view.setState({ dialog: 'palette' }),
    },
    {
      ...base,
      id: 'shell.shortcuts',
      title: 'Show the shortcuts',
      keys: ['?'],
      run: () => view.setState({ dialog: 'shortcuts' }),
    },
    { ...base, id: 'shell.build', title: 'Go to Build', keys: ['G B'], run: () => showView(page, 'build') },
    { ...base, id: 'shell.run', title: 'Go to Run', keys: ['G R'], run: () => showView(page, 'run') },
    {
      ...base,
      id: 'shell.validation',
      title: 'Validation: how far can the numbers be trusted?',
      keys: ['G V'],
      run: () => showView(page, 'validation'),
    },
    {
      ...base,
      id: 'validation.fidelity',
      title: 'Measured errors and speeds of line, burst and fluid',
      keys: [],
      run: () => {
        view.setState({ caseId: null })
        void page
          .validation()
          .then(({ store }) => store.setState({ filter: { group: 'fidelity', search: '', onlyMisses: false } }))
        showView(page, 'validation')
      },
    },
    { ...base, id: 'shell.panels', title: 'Hide or show the side panels', keys: ['H'], run: () => togglePanels(page) },
    { ...base, id: 'shell.theme', title: 'Light or dark', keys: [], run: () => toggleTheme(page) },
    {
      ...base,
      id: 'shell.single-keys',
      title: 'Single-key shortcuts on or off',
      keys: [],
      run: () => view.setState({ singleKeys: !view.getState().singleKeys }),
    },
    { ...base, id: 'run.start', title: 'Run', keys: ['Ctrl+Enter'], run: () => start(page) },
    {
      ...base,
      id: 'run.cancel',
      scope: 'run',
      group: 'Run',
      title: 'Cancel the run',
      keys: ['Escape'],
      when: () => session.runStore.getState().status === 'running',
      run: () => session.runner.cancel(),
    },
  ]
}

function start(page: Page): void {
  if (page.documents.getState().scenario !== null) showView(page, 'run')
  runDocument(page, page.session.runStore.getState().status === 'idle' ? 'at-first-stop' : 'where-it-was')
}

function togglePanels(page: Page): void {
  const { left, right } = page.view.getState().panels
  const show = !(left && right)
  page.view.setState({ panels: { left: show, right: show } })
}

/** The theme in force. */
export function themeNow(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function toggleTheme(page: Page): void {
  const { theme } = page.view.getState()
  page.view.setState({ theme: themeNow(theme) === 'dark' ? 'light' : 'dark' })
}

function fileCommands(page: Page, files: ShellFiles): Command[] {
  const file = { ...base, group: 'Document' } as const
  return [
    {
      ...file,
      id: 'file.new',
      title: 'New scenario',
      keys: [],
      run: () => {
        startAnew(page, files)
      },
    },
    { ...file, id: 'file.gallery', title: 'Start from an example', keys: [], run: () => files.show('gallery') },
    { ...file, id: 'file.open', title: 'Open a file or link', keys: ['Ctrl+O'], run: () => files.show('open') },
    { ...file, id: 'file.import', title: 'Import traces', keys: [], run: () => files.show('open') },
    {
      ...file,
      id: 'file.versions',
      title: 'Saved documents and versions',
      keys: ['Ctrl+S'],
      run: () => files.show('versions'),
    },
    { ...file, id: 'file.share', title: 'Share', keys: ['G S'], run: () => files.show('share') },
    { ...file, id: 'file.export', title: 'Export', keys: ['G E'], run: () => files.show('export') },
  ]
}

function startAnew(page: Page, files: ShellFiles): void {
  files.opener.empty()
  page.view.setState({ selection: null, group: [], focused: null, tab: 'topology', canEdit: true })
  showView(page, 'build')
  focusStageSoon('build')
}

/** The stage may not be there yet: it gets the keyboard as soon as it is. */
export function focusStageSoon(view: View, tries = 40): void {
  if (view === 'validation') return // it has no stage and gives the keyboard to its heading
  if (document.querySelector(`.stage-ground[data-mode="${view}"]`) !== null) enterRegion('.stage-ground')
  else if (tries > 0) setTimeout(() => focusStageSoon(view, tries - 1), 50)
}

function historyCommands(page: Page): Command[] {
  const { documents, editor, view } = page
  const say = (what: string, step: string): void => {
    if (step !== '') announce(view, `${what}: ${step}.`)
  }
  const may = (list: 'past' | 'future') => () => documents.getState()[list].length > 0 && view.getState().canEdit
  return [
    {
      ...base,
      id: 'edit.undo',
      title: 'Undo',
      keys: ['Ctrl+Z'],
      when: may('past'),
      run: () => say('Undone', editor.undo()),
    },
    {
      ...base,
      id: 'edit.redo',
      title: 'Redo',
      keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
      when: may('future'),
      run: () => say('Done again', editor.redo()),
    },
  ]
}

function regionCommands(page: Page): Command[] {
  return [
    { ...base, id: 'region.next', title: 'Go to the next region', keys: ['F6'], run: () => nextRegion(1) },
    {
      ...base,
      id: 'region.previous',
      title: 'Go to the previous region',
      keys: ['Shift+F6'],
      run: () => nextRegion(-1),
    },
    { ...base, id: 'region.stage', title: 'Go to the stage', keys: [], run: () => enterRegion('.stage-ground') },
    {
      ...base,
      id: 'region.inspector',
      title: 'Go to the inspector',
      keys: [],
      when: () => page.view.getState().view === 'build',
      run: () => enterRegion('.panel.rightp'),
    },
  ]
}

function nextRegion(by: 1 | -1): void {
  const there = REGIONS.filter((region) => document.querySelector(region) !== null)
  const index = there.findIndex((region) => document.activeElement?.closest(region) != null)
  const next = there[index < 0 ? 0 : (index + by + there.length) % there.length]
  if (next !== undefined) enterRegion(next)
}

const FOCUSABLE = '[tabindex="0"], button:not(:disabled), input:not(:disabled), select:not(:disabled), a[href]'

/** Gives a region the keyboard: its chosen or first control. */
function enterRegion(selector: string): void {
  const region = document.querySelector<HTMLElement>(selector)
  if (region === null) return
  const stops = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.tabIndex >= 0)
  const stop = region.matches('.stage-ground')
    ? stops.find((one) => one.dataset.element !== undefined)
    : (stops.find((one) => one.getAttribute('role') === 'treeitem') ?? stops[0])
  ;(stop ?? region).focus({ preventScroll: true })
}
