import { lazy, Suspense, useMemo } from 'react'
import type { DocumentPath } from '../../app/document-path'
import { codeProblem, policyViews, sandboxWords } from '../../app/policy-views'
import type { FieldInfo } from '../../scenario/catalog'
import type { PolicyKind } from '../../scenario/scenario'
import { usePage, useRun } from '../widgets/page-context'
import { usePlace } from './use-edit'

const CodeEditor = lazy(async () => ({ default: (await import('../widgets/code/CodeEditor')).CodeEditor }))

interface CodeRowProps {
  readonly kind: PolicyKind
  readonly info: FieldInfo
  readonly path: DocumentPath
}

/** The code of a rule of one's own, with what the last run said of it. */
export function CodeRow({ kind, info, path }: CodeRowProps) {
  const { consent } = usePage()
  const { value, set, problem } = usePlace(path, 'code')
  const preset = typeof info.default === 'string' ? info.default : ''
  const code = typeof value === 'string' ? value : preset
  const ran = useRun((state) => state.scenario?.policies[kind]['code'])
  const message = useRun((state) => (state.status === 'failed' ? state.message : ''))
  const words = useMemo(() => {
    const views = policyViews[kind]
    return { names: { ...views?.arguments, ...sandboxWords }, fields: views?.fields ?? {} }
  }, [kind])
  return (
    <div className="code-row">
      <Suspense fallback={<p className="dim note">Loading the editor …</p>}>
        <CodeEditor
          id={`code-${kind}`}
          label={`Code of the ${kind} policy`}
          value={code}
          words={words}
          mark={ran === code ? codeProblem(kind, message) : null}
          onChange={(text) => {
            if (text === code) return
            consent.wrote(text)
            set(text === preset ? undefined : text)
          }}
        />
      </Suspense>
      {problem === undefined ? null : <p className="fld-problem">{problem}</p>}
    </div>
  )
}
