import { useRef, useState } from 'react'
import { Button } from '../widgets/Button'
import { Dialog } from '../widgets/Dialog'
import { Icon } from '../widgets/Icon'
import { takesFocus, useFiles, useFileState } from './file-context'
import { ImportReport } from './ImportReport'
import { ProblemLines } from './NoticeBar'

/** Opening and importing: files, folders, pasted text and links. */
export function OpenDialog() {
  const actions = useFiles()
  const pending = useFileState((state) => state.pendingImport)
  return (
    <Dialog
      title={pending === null ? 'Open or import' : `Import from ${pending.name}`}
      onClose={actions.close}
      className="file-dialog"
    >
      {pending === null ? <OpenForm /> : <ImportReport pending={pending} />}
    </Dialog>
  )
}

function OpenForm() {
  const { opener } = useFiles()
  const reading = useFileState((state) => state.reading)
  return (
    <div className="file-body">
      <p>
        A scenario as JSON, or Jaeger traces (<code>.json</code>, <code>.json.gz</code>, many files or a folder): choose
        them, drop them anywhere on the page, or paste them.
      </p>
      <div className="row">
        <FileButton label="Choose files…" look="primary" onFiles={opener.files} />
        <FileButton label="Choose a folder…" look="default" isFolder onFiles={opener.files} />
      </div>
      <PasteForm />
      <p role="status" className="dim">
        {reading === '' ? '' : `Reading ${reading} …`}
      </p>
      <RefusalBox />
    </div>
  )
}

/** Why the last text was not opened; the document on the page is untouched. */
function RefusalBox() {
  const refusal = useFileState((state) => state.refusal)
  return (
    <div role="alert">
      {refusal === null ? null : (
        <div className="ribbon bad">
          <Icon name="warn" tint="alert" />
          <div className="msg">
            <p className="b">Could not open {refusal.name}. The scenario on the page is unchanged.</p>
            <ProblemLines lines={refusal.lines} />
          </div>
        </div>
      )}
    </div>
  )
}

function PasteForm() {
  const { opener } = useFiles()
  const [text, setText] = useState('')
  return (
    <form
      className="file-paste"
      onSubmit={(event) => {
        event.preventDefault()
        void opener.text('the pasted text', text)
      }}
    >
      <label className="label" htmlFor="open-paste">
        Or paste JSON or a link
      </label>
      <textarea
        id="open-paste"
        className="mono"
        rows={4}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        Open this text
      </Button>
    </form>
  )
}

interface FileButtonProps {
  readonly label: string
  readonly look: 'primary' | 'default'
  readonly isFolder?: boolean
  readonly onFiles: (files: readonly File[]) => Promise<void>
}

function FileButton({ label, look, isFolder = false, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        look={look}
        icon="open"
        {...(look === 'primary' ? { ref: takesFocus } : {})}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        {...(isFolder ? { webkitdirectory: '' } : { accept: '.json,.gz,application/json,application/gzip' })}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void onFiles(files)
        }}
      />
    </>
  )
}
