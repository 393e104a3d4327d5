import { useEffect, useState } from 'react'
import type { DocumentSummary, StorageAnswer, StoredVersion } from '../../storage'
import { Button } from '../widgets/Button'
import { Dialog } from '../widgets/Dialog'
import { useDocument } from '../widgets/page-context'
import { takesFocus, useFiles, useFileState } from './file-context'

/** Named versions of this document, and the other documents of this browser. */
export function VersionsDialog() {
  const actions = useFiles()
  const [turn, setTurn] = useState(0)
  const again = (): void => {
    setTurn((count) => count + 1)
  }
  const savedAt = useDocument((state) => state.savedAt)
  const versions = useAnswer(actions.versions, turn, savedAt)
  const documents = useAnswer(actions.documents, turn, savedAt)
  const isBlocked = versions?.kind === 'blocked' || documents?.kind === 'blocked'
  return (
    <Dialog title="Versions and documents" onClose={actions.close} className="file-dialog">
      <div className="file-body">
        {isBlocked ? (
          <p role="alert">This page may not store anything here; your changes last until you close it.</p>
        ) : null}
        <SaveForm onSaved={again} />
        <VersionList versions={versions?.kind === 'ok' ? versions.value : []} />
        <DocumentList documents={documents?.kind === 'ok' ? documents.value : []} onRemoved={again} />
      </div>
      <div className="file-foot">
        <Button icon="export" onClick={actions.downloadScenario}>
          Download .json
        </Button>
      </div>
    </Dialog>
  )
}

/** What storage answers, asked again with every turn and after every save; null until it has answered. */
function useAnswer<Value>(
  ask: () => Promise<StorageAnswer<Value>>,
  turn: number,
  savedAt: number | null,
): StorageAnswer<Value> | null {
  const [answer, setAnswer] = useState<StorageAnswer<Value> | null>(null)
  useEffect(() => {
    let isWanted = true
    void ask().then((given) => {
      if (isWanted) setAnswer(given)
    })
    return () => {
      isWanted = false
    }
  }, [ask, turn, savedAt])
  return answer
}

function SaveForm({ onSaved }: { readonly onSaved: () => void }) {
  const { saveVersion } = useFiles()
  const [name, setName] = useState('')
  const [said, setSaid] = useState('')
  const save = async (): Promise<void> => {
    const isKept = await saveVersion(name.trim() === '' ? 'Saved by hand' : name.trim())
    setSaid(isKept ? 'Saved in this browser only.' : 'Not saved.')
    if (isKept) setName('')
    onSaved()
  }
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <span className="field grow">
        <input
          className="val"
          aria-label="Name of the version"
          placeholder="Name of the version"
          maxLength={80}
          ref={takesFocus}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
          }}
        />
      </span>
      <Button look="primary" type="submit">
        Save a version
      </Button>
      <span role="status" className="dim">
        {said}
      </span>
    </form>
  )
}

function VersionList({ versions }: { readonly versions: readonly StoredVersion[] }) {
  const { opener } = useFiles()
  return (
    <section>
      <h2 className="label">Versions of this document</h2>
      {versions.length === 0 ? <p className="dim">None yet.</p> : null}
      <ul className="file-list">
        {versions.map((version) => (
          <li key={version.id} className="row">
            <span className="grow clip">{version.name ?? 'Kept by itself'}</span>
            <time className="dim">{timeText(version.savedAt)}</time>
            <Button size="small" onClick={() => opener.version(version)}>
              Go back to this
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface DocumentListProps {
  readonly documents: readonly DocumentSummary[]
  readonly onRemoved: () => void
}

function DocumentList({ documents, onRemoved }: DocumentListProps) {
  const { opener, removeDocument } = useFiles()
  const current = useFileState((state) => state.documentId)
  const opened = useDocument((state) => state.opened)
  return (
    <section key={opened}>
      <h2 className="label">Documents in this browser</h2>
      {documents.length === 0 ? <p className="dim">None yet. A document is kept here with its first edit.</p> : null}
      <ul className="file-list">
        {documents.map(({ id, name, savedAt }) => (
          <li key={id} className="row">
            <span className="grow clip">{name}</span>
            <time className="dim">{timeText(savedAt)}</time>
            {id === current ? (
              <span className="chip">open</span>
            ) : (
              <>
                <Button size="small" onClick={() => void opener.stored(id)}>
                  Open
                </Button>
                <Button
                  size="small"
                  look="danger"
                  icon="trash"
                  label={`Delete ${name}`}
                  onClick={() => void removeDocument(id).then(onRemoved)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function timeText(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
