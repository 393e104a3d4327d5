import { useEffect, useState } from 'react'
import { useFiles } from './file-context'
import { droppedFiles, hasFiles, isTyping, looksOpenable } from './dropped-files'

/** Files dropped anywhere on the page, and scenarios, traces and links pasted outside of text fields, are opened. */
export function DropZone() {
  const { opener } = useFiles()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      void droppedFiles(event).then(opener.files)
    }
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (event.defaultPrevented || isTyping(event.target) || !looksOpenable(text)) return
      event.preventDefault()
      void opener.text('the clipboard', text)
    }
    const off = new AbortController()
    addEventListener('dragover', over, { signal: off.signal })
    addEventListener('dragleave', leave, { signal: off.signal })
    addEventListener('drop', drop, { signal: off.signal })
    addEventListener('paste', paste, { signal: off.signal })
    return () => {
      off.abort()
    }
  }, [opener])
  return isOver ? (
    <div className="file-drop" aria-hidden="true">
      <p>Drop to open: a scenario, or Jaeger traces in one or many files</p>
    </div>
  ) : null
}
