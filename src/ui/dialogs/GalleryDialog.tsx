import { useEffect, useState } from 'react'
import type { GalleryEntry } from '../../app/open-gallery'
import { Dialog } from '../widgets/Dialog'
import { Icon } from '../widgets/Icon'
import { useFiles } from './file-context'

/** The shipped scenarios, each with the question that it answers. */
export function GalleryDialog() {
  const actions = useFiles()
  const [entries, setEntries] = useState<readonly GalleryEntry[]>([])
  const [problem, setProblem] = useState('')
  useEffect(() => {
    actions.gallery().then(setEntries, (error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error))
    })
  }, [actions])
  return (
    <Dialog title="Gallery" onClose={actions.close} className="file-dialog wide">
      <div className="file-body">
        {problem === '' ? null : (
          <div className="ribbon bad" role="alert">
            <Icon name="warn" tint="alert" />
            <p className="msg">{problem}</p>
          </div>
        )}
        <ul className="file-cards">
          {entries.map((entry, index) => (
            <li key={entry.file}>
              <button
                type="button"
                className="file-card"
                autoFocus={index === 0}
                onClick={() => void actions.opener.galleryEntry(entry)}
              >
                <span className="b">{entry.title}</span>
                <span>{entry.question}</span>
                <span className="dim">{entry.summary}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
