import { useEffect, useState } from 'react'
import { numberOf, objectsAt } from '../../app/document-path'
import { rateOf } from '../../app/read-stage'
import type { ScenarioDocument } from '../../scenario/scenario'
import { ProblemList } from '../problems/ProblemList'
import { CommandButton } from '../widgets/CommandButton'
import { useDocument } from '../widgets/page-context'

/** How long a link to the document would be, in words. */
export type LinkWords = () => Promise<string>

/** Problems, what the document holds, and Run. */
export function BuildDock({ linkWords }: { readonly linkWords: LinkWords }) {
  const document = useDocument((state) => state.document)
  return (
    <>
      <ProblemList />
      <div className="status build-status">
        <span>{topologyText(document)}</span>
        <span>{sourcesText(document)}</span>
        <LinkLength linkWords={linkWords} />
        <span className="grow" />
        <RunButton />
      </div>
    </>
  )
}

export function RunButton() {
  const errors = useDocument((state) => state.problems.filter((problem) => problem.severity === 'error').length)
  const isChecked = useDocument((state) => state.scenario !== null)
  const why = errors > 0 ? `Fix ${errors} ${errors === 1 ? 'problem' : 'problems'} to run` : ''
  return (
    <>
      {why === '' ? null : (
        <span id="run-why" className="run-why">
          {why}
        </span>
      )}
      <CommandButton
        command="run.start"
        look="primary"
        icon="play"
        showKeys
        disabled={!isChecked}
        aria-describedby={why === '' ? undefined : 'run-why'}
      >
        Run
      </CommandButton>
    </>
  )
}

const plural = (count: number, word: string): string =>
  `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`

function topologyText(document: ScenarioDocument): string {
  const nodes = objectsAt(document, ['topology', 'nodes'])
  const devices = nodes.reduce((sum, node) => sum + (node.kind === 'switch' ? 0 : numberOf(node.count, 1)), 0)
  return `${plural(nodes.length, 'node')}, ${plural(devices, 'device')}, ${plural(objectsAt(document, ['topology', 'links']).length, 'link')}`
}

function sourcesText(document: ScenarioDocument): string {
  const sources = objectsAt(document, ['workload', 'sources'])
  const rate = sources.reduce((sum, source) => sum + (rateOf(source) ?? 0), 0)
  const compact =
    rate >= 1e4 ? `${Number((rate / 1e3).toPrecision(3))} k` : Number(rate.toPrecision(3)).toLocaleString('en-US')
  return rate > 0 ? `${plural(sources.length, 'source')}, ${compact} requests/s` : plural(sources.length, 'source')
}

const REST_MS = 400

function LinkLength({ linkWords }: { readonly linkWords: LinkWords }) {
  const document = useDocument((state) => state.document)
  const [words, setWords] = useState('')
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      linkWords().then(
        (text) => {
          if (isCurrent) setWords(text)
        },
        () => {
          if (isCurrent) setWords('')
        },
      )
    }, REST_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [document, linkWords])
  return words === '' ? null : <span className="clip">{words}</span>
}
