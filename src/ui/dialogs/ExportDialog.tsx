import { useState } from 'react'
import { exportHint } from '../../app/export-files'
import { Button } from '../widgets/Button'
import { Dialog } from '../widgets/Dialog'
import { Icon } from '../widgets/Icon'
import { useDocument, useRun } from '../widgets/page-context'
import { takesFocus, useFiles } from './file-context'

const contents: { readonly [file: string]: string } = {
  'summary.csv': 'counts, latencies, energy, with intervals',
  'operations.csv': 'latency and its phases per operation',
  'devices.csv': 'utilization, queues and energy per device',
  'links.csv': 'bytes, load and queues per lane and direction',
  'decisions.csv': 'what policies decided, and why',
  'migrations.csv': 'duration, downtime and bytes of each move',
  'offloads.csv': 'where steps ran, what was expected, and what came of it',
  'timeline.csv': 'every series over time',
  'services.csv': 'cycles per instruction, waits and threads per service',
  'scenario.json': 'the scenario as run, defaults filled in',
  'histogram.csv': 'latency buckets as recorded',
  'manifest.json': 'engine, seed and a checksum of every file',
}

const branchContents: { readonly [file: string]: string } = {
  'difference.csv': 'the branch against the run, figure by figure',
}

const branchLine = 'branch scenario.json --at SECONDS --set PATH=VALUE --out results'

/** The files of the run: the same bytes as the command line writes. */
export function ExportDialog() {
  const actions = useFiles()
  // Asked again when the run or the document moves on.
  useRun((run) => run.status)
  useDocument((state) => state.document)
  const lane = useRun((run) => run.lane)
  const state = actions.exportState()
  const hint = exportHint(state)
  return (
    <Dialog title="Export" onClose={actions.close} className="file-dialog">
      <div className="file-body">
        {hint === '' ? null : (
          <div className={`ribbon${state.kind === 'ready' ? ' stale' : ''}`} role="status">
            <Icon name="info" />
            <p className="msg">{hint}</p>
          </div>
        )}
        {state.kind === 'ready' ? (
          <FileTable hasBranch={actions.hasBranch()} onDownload={(name) => void actions.downloadFile(name)} />
        ) : null}
        {actions.hasBranch() ? (
          <p className="dim">
            The zip holds both courses; the other single files are those of {lane.toUpperCase()}, which is shown.
          </p>
        ) : null}
        <p className="dim">
          The command line writes the same files:{' '}
          <code>npm run -s unrack -- {actions.hasBranch() ? branchLine : 'run scenario.json --out results'}</code>
        </p>
      </div>
      <div className="file-foot">
        <Button icon="export" onClick={actions.downloadScenario}>
          Scenario .json
        </Button>
        <span className="grow" />
        <ZipButton isReady={state.kind === 'ready'} />
      </div>
    </Dialog>
  )
}

function ZipButton({ isReady }: { readonly isReady: boolean }) {
  const { downloadAll } = useFiles()
  const [isBusy, setBusy] = useState(false)
  return (
    <Button
      look="primary"
      icon="export"
      {...(isReady ? { ref: takesFocus } : {})}
      disabled={!isReady || isBusy}
      onClick={() => {
        setBusy(true)
        void downloadAll().finally(() => setBusy(false))
      }}
    >
      All files (.zip)
    </Button>
  )
}

interface FileTableProps {
  readonly hasBranch: boolean
  readonly onDownload: (name: string) => void
}

function FileTable({ hasBranch, onDownload }: FileTableProps) {
  return (
    <table className="rows">
      <thead>
        <tr>
          <th>file</th>
          <th>holds</th>
          <th>
            <span className="sr">download</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(hasBranch ? { ...branchContents, ...contents } : contents).map(([name, content]) => (
          <tr key={name}>
            <td className="mono">{name}</td>
            <td className="dim">{content}</td>
            <td className="num">
              <Button
                icon="export"
                look="quiet"
                size="small"
                label={`Download ${name}`}
                onClick={() => onDownload(name)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
