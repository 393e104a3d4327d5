import fc from 'fast-check'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { catalog } from '../../src/simulator/catalog'
import { coreScenarios } from './core-scenarios'

/** A core scenario under rules that nobody chose for it: any policies, any failures, in `burst` or `fluid`. */

type Fields = Readonly<Record<string, Json>>
type Kind = keyof typeof catalog.policies

const KINDS: readonly Kind[] = [
  ...(['placement', 'loadBalancing', 'memory', 'offload', 'migration', 'scaling', 'recovery'] as const),
]
/** They need something of their own to be chosen: code, or a map. */
const UNFIT = new Set(['custom', 'static'])

const anyOf = <Value>(values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values)
const often = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })

const further: Partial<Record<Kind, fc.Arbitrary<Fields>>> = {
  migration: fc.record({
    mechanism: anyOf(catalog.policies.mechanism.map(({ name }) => name)),
    controlPeriodMs: anyOf([0.5, 2, 20]),
  }),
  memory: fc
    .record(
      {
        onFull: anyOf(['wait', 'spill', 'reject']),
        copies: anyOf([1, 2, 3]),
        tieringMiBps: fc.constant(1000),
        highWatermark: anyOf([0.5, 0.8]),
        lowWatermark: fc.constant(0.4),
      },
      { requiredKeys: [] },
    )
    .filter(({ highWatermark, lowWatermark }) => (highWatermark === undefined) === (lowWatermark === undefined)),
}

function policyOf(kind: Kind): fc.Arbitrary<Fields> {
  const names = catalog.policies[kind].map(({ name }) => name).filter((name) => !UNFIT.has(name))
  return fc.tuple(anyOf(names), further[kind] ?? fc.constant({})).map(([use, rest]) => {
    if (use === 'never') return { use }
    return { ...rest, use, ...(use === 'tail-latency' ? { targetUs: 100 } : {}) }
  })
}

const faults = (document: ScenarioDocument): fc.Arbitrary<readonly Fields[]> => {
  const { nodes, links, seconds } = partsOf(document)
  const target = fc.oneof(
    anyOf(nodes).map(({ id, count }) => ({ node: id, ...(count === null ? {} : { device: 0 }) })),
    ...(links.length > 0 ? [anyOf(links).map((link) => ({ link }))] : []),
  )
  const when = fc.oneof(
    fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 0.5, noNaN: true }))
      .map(([at, length]) => ({ atSeconds: at * seconds, forSeconds: length * seconds })),
    fc.constant({ mtbfSeconds: seconds / 3, mttrSeconds: seconds / 10 }),
  )
  const one = fc.tuple(target, when, fc.boolean()).map(([struck, time, isDown]) => {
    const isSwitch = 'node' in struck && nodes.some(({ id, count }) => id === struck.node && count === null)
    return { target: struck, ...(isDown || isSwitch ? { effect: 'down' } : { effect: 'slow', factor: 3 }), ...time }
  })
  return fc.array(one, { maxLength: 3 })
}

interface Parts {
  /** Pools, and switches with a count of null. */
  readonly nodes: readonly { readonly id: string; readonly count: number | null }[]
  readonly links: readonly string[]
  readonly seconds: number
}

function partsOf(document: ScenarioDocument): Parts {
  const { nodes, links } = document['topology'] as unknown as { nodes: Fields[]; links: Fields[] }
  const run = document['run'] as Fields
  return {
    nodes: nodes.map((node) => ({
      id: node['id'] as string,
      count: node['kind'] === 'switch' ? null : Number(node['count'] ?? 1),
    })),
    links: links.map((link) => link['id'] as string),
    seconds: Number(run['durationSeconds']) + Number(run['warmupSeconds'] ?? 0),
  }
}

export const anyRules: fc.Arbitrary<{ readonly name: string; readonly document: ScenarioDocument }> = anyOf(
  Object.keys(coreScenarios).filter((name) => !name.endsWith('-line')),
).chain((name) => {
  const document = coreScenarios[name]
  const policies = fc.record(Object.fromEntries(KINDS.map((kind) => [kind, often(policyOf(kind))])), {
    requiredKeys: [],
  })
  return fc.tuple(policies, faults(document), anyOf(['burst', 'fluid'])).map(([chosen, struck, fidelity]) => ({
    name,
    document: {
      ...document,
      policies: { ...(document['policies'] as Fields), ...defined(chosen) },
      faults: [...((document['faults'] ?? []) as Fields[]), ...struck],
      run: { ...(document['run'] as Fields), replications: 1, fidelity },
    },
  }))
})

function defined(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
