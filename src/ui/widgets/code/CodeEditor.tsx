import { useEffect, useRef } from 'react'
import { useLatest } from '../use-latest'
import { createCodeEditor, type CodeEditor as Editor, type CodeMark } from './code-editor'
import type { CodeWords } from './code-completion'
import './code.css'

interface CodeEditorProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly words: CodeWords
  readonly mark: CodeMark | null
  readonly onChange: (text: string) => void
}

/** Code with colors, completion and marks. What it needs is large and loaded with it. */
export function CodeEditor({ id, label, value, words, mark, onChange }: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  const changed = useLatest(onChange)
  const first = useRef(value)
  useEffect(() => {
    if (box.current === null) return undefined
    const made = createCodeEditor({
      parent: box.current,
      text: first.current,
      label,
      describedBy: `${id}-keys`,
      words,
      onChange: (text) => changed.current(text),
    })
    editor.current = made
    return () => {
      made.end()
      editor.current = null
    }
  }, [id, label, words, changed])
  useEffect(() => {
    first.current = value
    editor.current?.show(value)
  }, [value])
  const line = mark?.line
  const said = mark?.words
  useEffect(() => {
    editor.current?.mark(line === undefined || said === undefined ? null : { line, words: said })
  }, [line, said])
  return (
    <>
      <div id={id} className="code-editor" ref={box} />
      <p id={`${id}-keys`} className="dim note">
        Ctrl Space completes, Tab indents, Esc leaves the editor.
      </p>
      <div role="status">
        {mark === null ? null : (
          <p className="fld-problem">
            {mark.line === null ? '' : `Line ${mark.line}: `}
            {mark.words}
          </p>
        )}
      </div>
    </>
  )
}
