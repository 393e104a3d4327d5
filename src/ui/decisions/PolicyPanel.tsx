import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RunSession } from '../../app/run-session'
import { FigureChart } from '../charts/figure/FigureChart'
import type { FigureData } from '../charts/figure/figure-data'
import { countText, microsText, percentText } from '../charts/quantity-text'
import { Icon } from '../widgets/Icon'
import { kindIcons, kindNames } from './decision-text'
import { policyFigures, type PolicyFigures } from './policy-figures'
import './policy-panel.css'

/** How good the decisions of each policy were: what it expected against what came, and what another choice would have saved. */
export function PolicyPanel({ session }: { readonly session: RunSession }) {
  const decisions = useStore(session.runStore, (state) => state.decisions)
  const figures = useMemo(() => policyFigures(decisions), [decisions])
  if (figures.length === 0) return <p className="sect dim">No decisions so far.</p>
  return (
    <div className="scroll policy-panel">
      {figures.map((each) => (
        <PolicySection key={`${each.kind} ${each.policy}`} figures={each} />
      ))}
      <p className="sect dim">
        Of the decisions in the list: of very many offloads an even part is kept. Actual values are known once what was
        decided has ended.
      </p>
    </div>
  )
}

function PolicySection({ figures }: { readonly figures: PolicyFigures }) {
  const { kind, policy, count, pairs, errorShare, biasShare, judged, best, regretUs, regretShare } = figures
  const name = `${kindNames[kind]}: ${policy}`
  return (
    <section className="sect" aria-label={name}>
      <h2>
        <Icon name={kindIcons[kind]} /> {kindNames[kind]} <code>{policy}</code>
      </h2>
      <dl className="seen">
        <Row name="decisions" value={countText(count)} />
        {pairs.length > 0 && (
          <>
            <Row name="estimate and actual known" value={countText(pairs.length)} />
            <Row name="mean error" value={percentText(errorShare)} />
            <Row
              name={biasShare < 0 ? 'expects too little by' : 'expects too much by'}
              value={percentText(Math.abs(biasShare))}
            />
          </>
        )}
        {judged > 0 && (
          <>
            <Row name="best in hindsight" value={`${countText(best)} of ${countText(judged)}`} />
            <Row name="mean regret" value={`${microsText(regretUs)} (${percentText(regretShare)})`} />
          </>
        )}
      </dl>
      {pairs.length > 2 && <FigureChart title={`${name}, estimate against actual`} data={figureOf(pairs)} />}
      {pairs.length === 0 && <p className="dim">No estimate of these can be held against what came.</p>}
    </section>
  )
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** On the line the policy was right; above it things took longer than expected. */
function figureOf(pairs: PolicyFigures['pairs']): FigureData {
  const values = pairs.flat()
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const isWide = high > 10 * low
  return {
    xLabel: 'estimate, µs',
    yLabel: 'actual, µs',
    xScale: isWide ? 'log' : 'linear',
    yScale: isWide ? 'log' : 'linear',
    series: [
      {
        name: 'as expected',
        kind: 'line',
        points: [
          [low, low],
          [high, high],
        ],
      },
      { name: 'decisions', kind: 'points', points: thinned(pairs) },
    ],
  }
}

const mostPoints = 400

function thinned<T>(list: readonly T[]): readonly T[] {
  const stride = Math.ceil(list.length / mostPoints)
  return list.filter((_, i) => i % stride === 0)
}
