import type { PendingImport } from '../../stores/file-store'
import { Button } from '../widgets/Button'
import { useFiles } from './file-context'

/** What an import read, used, dropped and assumed, before it replaces anything. */
export function ImportReport({ pending }: { readonly pending: PendingImport }) {
  const actions = useFiles()
  return (
    <>
      <div className="file-body">
        <p>{pending.summary}</p>
        <div className="file-scroll" tabIndex={0} role="region" aria-label="Import report">
          <table className="rows">
            <thead>
              <tr>
                <th>what became of it</th>
                <th className="num">count</th>
                <th>what</th>
                <th>why</th>
              </tr>
            </thead>
            <tbody>
              {pending.rows.map((row, index) => (
                <tr key={index}>
                  <td className="b">{row.fate}</td>
                  <td className="num">{row.count.toLocaleString('en-US')}</td>
                  <td>{row.what}</td>
                  <td className="dim">
                    {row.reason}
                    {row.example === '' ? null : <span className="mono faint"> {row.example}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <div className="file-foot">
        <Button icon="export" onClick={actions.downloadImportReport}>
          Report .json
        </Button>
        <Button icon="export" onClick={actions.downloadImportScenario}>
          Scenario .json
        </Button>
        <span className="grow" />
        <Button look="quiet" onClick={actions.close}>
          Cancel
        </Button>
        <Button look="primary" autoFocus onClick={actions.opener.confirmImport}>
          Use this scenario
        </Button>
      </div>
    </>
  )
}
