import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript, javascriptLanguage, localCompletionSource } from '@codemirror/lang-javascript'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting, syntaxTree } from '@codemirror/language'
import { forceLinting, lintKeymap, linter, type Diagnostic } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { completionOf, type CodeWords } from './code-completion'

/** A line of the code and what is wrong with it. */
export interface CodeMark {
  readonly line: number | null
  readonly words: string
}

export interface CodeEditorParts {
  readonly parent: HTMLElement
  readonly text: string
  readonly label: string
  readonly describedBy: string
  readonly words: CodeWords
  readonly onChange: (text: string) => void
}

export interface CodeEditor {
  /** Another text, where it is another. */
  readonly show: (text: string) => void
  /** What a run said of the code; null where it said nothing. */
  readonly mark: (mark: CodeMark | null) => void
  readonly end: () => void
}

/** Colors by name, so that they follow the theme. */
const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--compute)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--compute)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], fontWeight: '600' },
])

/** An editor for the code of a policy, by mouse and keyboard. Tab indents; Escape leaves. */
export function createCodeEditor(parts: CodeEditorParts): CodeEditor {
  let mark: CodeMark | null = null
  const view = new EditorView({
    parent: parts.parent,
    state: EditorState.create({
      doc: parts.text,
      extensions: [
        ...writing,
        javascriptLanguage.data.of({ autocomplete: completionOf(parts.words) }),
        javascriptLanguage.data.of({ autocomplete: localCompletionSource }),
        linter((editor) => [...syntaxProblems(editor.state), ...markProblems(editor.state, mark)], { delay: 300 }),
        EditorView.contentAttributes.of({ 'aria-label': parts.label, 'aria-describedby': parts.describedBy }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          mark = null // it was said of another text
          parts.onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
  return {
    show: (text) => {
      const { doc } = view.state
      if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } })
    },
    mark: (next) => {
      mark = next
      forceLinting(view)
    },
    end: () => {
      view.destroy()
    },
  }
}

const writing: readonly Extension[] = [
  lineNumbers(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  autocompletion({ icons: false }),
  javascript(),
  syntaxHighlighting(colors),
  EditorView.lineWrapping,
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), // runs the scenario, here as elsewhere
    ...historyKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
]

/** What is not JavaScript, found while it is written. */
function syntaxProblems(state: EditorState): Diagnostic[] {
  const found: Diagnostic[] = []
  syntaxTree(state).iterate({
    enter: ({ type, from, to }) => {
      if (!type.isError || found.length > 20) return
      const { length } = state.doc
      found.push({
        from,
        to: Math.min(length, Math.max(to, from + 1)),
        severity: 'error',
        message: 'This is not JavaScript.',
      })
    },
  })
  return found
}

function markProblems(state: EditorState, mark: CodeMark | null): Diagnostic[] {
  if (mark === null || mark.line === null) return []
  const { from, to } = state.doc.line(Math.min(Math.max(mark.line, 1), state.doc.lines))
  return [{ from, to, severity: 'error', message: mark.words }]
}
