import { useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { objectsAt, textOf } from '../../app/document-path'
import { operationNames } from '../../app/edit-application'
import type { Page } from '../../app/page'
import type { Selection } from '../../stores/view-store'
import { Dialog } from '../widgets/Dialog'
import { Icon } from '../widgets/Icon'
import type { IconName } from '../widgets/Icon'
import { KeyCaps } from '../widgets/KeyCaps'
import { usePage } from '../widgets/page-context'

interface Entry {
  readonly key: string
  readonly text: string
  readonly group: string
  readonly icon: IconName
  readonly keys?: string | undefined
  readonly pick: () => void
}

const MOST = 40

const COMMAND_ICONS: { readonly [id: string]: IconName } = {
  'run.start': 'play',
  'shell.theme': 'theme',
  'shell.shortcuts': 'info',
  'shell.build': 'rack',
  'shell.run': 'play',
  'shell.validation': 'check',
  'file.new': 'plus',
  'file.gallery': 'open',
  'file.open': 'open',
  'file.import': 'table',
  'file.versions': 'clock',
  'file.share': 'share',
  'file.export': 'export',
  'file.download': 'export',
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'build.add-cpu': 'cpu',
  'build.add-memory': 'memory',
  'build.add-gpu': 'gpu',
  'build.add-nic': 'nic',
  'build.add-switch': 'switch',
  'build.link': 'link',
  'build.delete': 'trash',
  'stage.fit': 'fit',
  'stage.in': 'plus',
  'stage.out': 'minus',
}

/** One field for everything: commands, pools, links, services, requests `#10423`, times `412ms`. */
export function CommandPalette() {
  const page = usePage()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const all = useMemo(() => [...commandEntries(page), ...thingEntries(page)], [page])
  const entries = [...momentEntries(page, text), ...matching(all, text)].slice(0, MOST)
  const close = (): void => {
    page.view.setState({ dialog: 'none' })
  }
  const pick = (entry: Entry | undefined): void => {
    if (entry === undefined) return
    close()
    // The dialog gives the keyboard back first, so that the command may move it.
    requestAnimationFrame(entry.pick)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      const next = (at + step + entries.length) % Math.max(1, entries.length)
      setAt(next)
      document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') pick(entries[at])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title="Find or do" isBare className="palette-dialog" onClose={close}>
      <div className="palette-find">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label="Find or do"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={entries[at] === undefined ? undefined : `palette-${at}`}
          placeholder="A command, a pool, #10423, 412ms …"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <span className="key">Esc</span>
      </div>
      <ul role="listbox" id="palette-list" aria-label="Found" className="palette-list">
        {entries.map((entry, i) => (
          <li
            key={entry.key}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerMove={() => {
              setAt(i)
            }}
            onClick={() => {
              pick(entry)
            }}
          >
            <Icon name={entry.icon} />
            <span className="grow clip">{entry.text}</span>
            <span className="faint">{entry.group}</span>
            {entry.keys === undefined ? null : <KeyCaps keys={entry.keys} />}
          </li>
        ))}
      </ul>
      {entries.length === 0 ? <p className="dim note palette-none">Nothing is called that.</p> : null}
    </Dialog>
  )
}

function commandEntries(page: Page): Entry[] {
  return page.commands
    .list()
    .filter((command) => command.hidden !== true && command.id !== 'shell.palette' && (command.when?.() ?? true))
    .map((command) => ({
      key: command.id,
      text: command.title,
      group: command.group,
      icon: COMMAND_ICONS[command.id] ?? 'step',
      keys: command.keys[0],
      pick: () => {
        page.commands.run(command.id)
      },
    }))
}

function thingEntries(page: Page): Entry[] {
  const { document } = page.documents.getState()
  const named = (path: readonly string[]): string[] => objectsAt(document, path).map((item) => textOf(item.id))
  const entry =
    (type: Selection['type'], group: string, icon: IconName) =>
    (id: string): Entry => ({
      key: `${type}:${id}`,
      text: id,
      group,
      icon,
      pick: () => {
        page.view.setState({ selection: { type, id }, group: [] })
      },
    })
  return [
    ...named(['topology', 'nodes']).map(entry('node', 'Pool or switch', 'rack')),
    ...named(['topology', 'links']).map(entry('link', 'Link', 'link')),
    ...named(['application', 'services']).map(entry('service', 'Service', 'service')),
    ...operationNames(document).map(entry('operation', 'Operation', 'step')),
    ...named(['workload', 'sources']).map(entry('source', 'Source', 'source')),
  ]
}

const PS_PER: { readonly [unit: string]: number } = { ns: 1e3, us: 1e6, µs: 1e6, ms: 1e9, s: 1e12 }

/** A request by its number, or a moment by its time. */
function momentEntries(page: Page, text: string): Entry[] {
  const { session, view } = page
  const request = /^#\s*(\d+)$/.exec(text.trim())?.[1]
  if (request !== undefined) {
    return [
      {
        key: 'request',
        text: `Request #${Number(request).toLocaleString('en-US')}`,
        group: 'Request',
        icon: 'follow',
        pick: () => {
          view.setState({ view: 'run' })
          session.playback.selectRequest(Number(request))
        },
      },
    ]
  }
  const time = /^([\d.]+)\s*(ns|us|µs|ms|s)$/.exec(text.trim())
  if (time === null) return []
  const ps = Math.round(Number(time[1]) * (PS_PER[time[2] ?? 's'] ?? 1e12))
  return [
    {
      key: 'time',
      text: `Go to ${time[1] ?? ''} ${time[2] ?? ''}`,
      group: 'Time',
      icon: 'clock',
      pick: () => {
        view.setState({ view: 'run' })
        session.playback.seek(ps)
      },
    },
  ]
}

/** Entries with all the words in them; those that begin with the text come first. */
function matching(entries: readonly Entry[], text: string): Entry[] {
  const words = text.trim().toLowerCase().split(/\s+/)
  const found = entries.filter((entry) =>
    words.every((word) => `${entry.text} ${entry.group}`.toLowerCase().includes(word)),
  )
  const rank = (entry: Entry): number => (entry.text.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b))
}
