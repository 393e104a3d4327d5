import { useCallback } from 'react'
import { getAt, pathText, setAt } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import type { Json, ScenarioDocument } from '../../scenario/scenario'
import { useDocument, usePage } from '../widgets/page-context'

/** One place of the document, and the way to change it. */
interface Place {
  readonly value: Json | undefined
  readonly set: (value: Json | undefined) => void
  /** What is wrong with it; undefined when nothing is. */
  readonly problem: string | undefined
}

/** Ties a control to a place of the document. Quick changes of one place are one step of the history. */
export function usePlace(path: DocumentPath, words: string): Place {
  const { editor, documents } = usePage()
  const text = pathText(path)
  const value = useDocument((state) => getAt(state.document, path))
  const problem = useDocument((state) => state.problems.find((one) => one.path === text)?.message)
  const set = (next: Json | undefined): void => {
    editor.apply(`change ${words}`, setAt(documents.getState().document, path, next), text)
  }
  return { value, set, problem }
}

type Change = (document: ScenarioDocument) => ScenarioDocument

/** Applies an edit that is more than one value. */
export function useApply(): (step: string, change: Change, mergeKey?: string) => void {
  const { editor, documents } = usePage()
  return useCallback(
    (step, change, mergeKey) => {
      editor.apply(step, change(documents.getState().document), mergeKey)
    },
    [editor, documents],
  )
}
