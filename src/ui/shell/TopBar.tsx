import { useStore } from 'zustand'
import { getAt, textOf } from '../../app/document-path'
import type { Page } from '../../app/page'
import { CommandButton } from '../widgets/CommandButton'
import { Icon } from '../widgets/Icon'
import { KeyCaps } from '../widgets/KeyCaps'
import { Menu } from '../widgets/Menu'
import type { MenuItem } from '../widgets/Menu'
import { useDocument, usePage, useView } from '../widgets/page-context'
import { showView } from './shell-commands'

/** Brand, document, views, and what can always be done. */
export function TopBar({ isPhone }: { readonly isPhone: boolean }) {
  return isPhone ? <PhoneBar /> : <WideBar />
}

function WideBar() {
  const view = useView((state) => state.view)
  return (
    <header className="bar">
      <div className="row">
        <span className="brand">
          <Icon name="logo" />
          unrack
        </span>
        <span className="rule-v" />
        <DocumentMenu />
        <DocumentNote />
      </div>
      <ViewSwitch />
      <div className="row right">
        <HistoryButtons />
        <span className="rule-v" />
        {view === 'build' ? <FindButton /> : null}
        <CommandButton command="file.export" look="quiet" icon="export">
          Export
        </CommandButton>
        <CommandButton command="file.share" look="quiet" icon="share">
          Share
        </CommandButton>
        {view === 'run' ? <RunAgain /> : null}
        <CommandButton command="shell.theme" look="quiet" icon="theme" />
        <HelpMenu />
      </div>
    </header>
  )
}

/** What is there beside the scenario: whether to trust it, and how to use it. */
function HelpMenu() {
  const page = usePage()
  const ids = ['shell.validation', 'shell.shortcuts', 'shell.palette']
  return (
    <Menu
      label="Help"
      className="btn quiet icon"
      align="end"
      button={<Icon name="info" />}
      items={ids.flatMap((id) => menuItem(page, id))}
    />
  )
}

function PhoneBar() {
  const page = usePage()
  const view = useView((state) => state.view)
  const name = useDocument((state) => textOf(getAt(state.document, ['name']), 'Untitled rack'))
  const ids = ['file.gallery', 'file.open', 'file.export', 'file.new', 'shell.palette', 'shell.validation']
  return (
    <header className="bar phone-bar">
      <span className="brand">
        <Icon name="logo" />
      </span>
      <b className="clip grow">{name}</b>
      <CommandButton command="shell.theme" look="quiet" icon="theme" />
      <CommandButton command="file.share" look="quiet" icon="share" />
      <Menu
        label="More"
        className="btn quiet icon"
        align="end"
        button={<Icon name="more" />}
        items={[
          ...ids.flatMap((id) => menuItem(page, id)),
          ...(view === 'validation' ? menuItem(page, 'shell.run') : []),
          {
            label: 'Build',
            icon: 'rack',
            onPick: () => {
              page.view.setState({ canEdit: true })
              showView(page, 'build')
            },
          },
        ]}
      />
    </header>
  )
}

function menuItem(page: Page, id: string): MenuItem[] {
  const command = page.commands.get(id)
  return command === undefined
    ? []
    : [
        {
          label: command.title,
          keys: command.keys[0],
          onPick: () => {
            page.commands.run(id)
          },
        },
      ]
}

function DocumentMenu() {
  const page = usePage()
  const name = useDocument((state) => textOf(getAt(state.document, ['name']), ''))
  const rename: MenuItem = {
    label: 'Rename',
    onPick: () => {
      page.view.setState({
        view: 'build',
        selection: null,
        group: [],
        panels: { ...page.view.getState().panels, right: true },
      })
      requestAnimationFrame(() => {
        document.querySelector<HTMLInputElement>('[data-region="inspector"] .scroll input')?.focus()
      })
    },
  }
  const ids = ['file.new', 'file.gallery', 'file.open', 'file.import', 'file.download']
  return (
    <Menu
      label={`Document: ${name === '' ? 'Untitled rack' : name}`}
      className="btn quiet doc-button"
      button={
        <>
          <span className="doc clip">{name === '' ? 'Untitled rack' : name}</span>
          <Icon name="down" />
        </>
      }
      items={[...ids.flatMap((id) => menuItem(page, id)), 'line', rename, ...menuItem(page, 'file.versions')]}
    />
  )
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** While building, when it was saved; beside a run, what chance and how often. */
function DocumentNote() {
  const { session } = usePage()
  const view = useView((state) => state.view)
  const savedAt = useDocument((state) => state.savedAt)
  const run = useStore(session.runStore, (state) => state.scenario?.run ?? null)
  if (view === 'run') {
    if (run === null) return null
    return (
      <span className="faint clip">{`seed ${run.seed}, ${run.replications === 1 ? '1 replication' : `${run.replications} replications`}`}</span>
    )
  }
  return savedAt === null ? null : <span className="faint clip">saved {clock.format(savedAt)}</span>
}

function ViewSwitch() {
  const page = usePage()
  const view = useView((state) => state.view)
  return (
    <nav className="seg" aria-label="Views">
      {(['build', 'run'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-current={view === one ? 'page' : undefined}
          aria-keyshortcuts={undefined}
          onClick={() => {
            showView(page, one)
          }}
        >
          {one === 'build' ? 'Build' : 'Run'}
        </button>
      ))}
    </nav>
  )
}

function HistoryButtons() {
  const past = useDocument((state) => state.past[state.past.length - 1]?.name)
  const future = useDocument((state) => state.future[state.future.length - 1]?.name)
  return (
    <>
      <CommandButton
        command="edit.undo"
        look="quiet"
        icon="undo"
        label={past === undefined ? 'Undo' : `Undo: ${past}`}
        disabled={past === undefined}
      />
      <CommandButton
        command="edit.redo"
        look="quiet"
        icon="redo"
        label={future === undefined ? 'Redo' : `Redo: ${future}`}
        disabled={future === undefined}
      />
    </>
  )
}

function FindButton() {
  const { commands } = usePage()
  return (
    <button
      type="button"
      className="field search find"
      aria-keyshortcuts="Control+K"
      onClick={() => {
        commands.run('shell.palette')
      }}
    >
      <Icon name="search" />
      <span className="val">Find or do…</span>
      <KeyCaps keys="Ctrl+K" />
    </button>
  )
}

function RunAgain() {
  const { session } = usePage()
  const status = useStore(session.runStore, (state) => state.status)
  const isRunnable = useDocument((state) => state.scenario !== null)
  return (
    <CommandButton command="run.start" showKeys disabled={!isRunnable}>
      {status === 'idle' ? 'Run' : 'Run again'}
    </CommandButton>
  )
}
