import fc from 'fast-check'
import type { Json } from '../../src/scenario/scenario'

/** A step as it is drawn: which kind, and numbers that every kind reads in its own way. */
export interface StepRaw {
  readonly kind: 'time' | 'instructions' | 'delay' | 'call' | 'send' | 'parallel' | 'choose'
  readonly amount: Json
  readonly misses: number
  readonly target: number
  readonly bytes: number
  readonly offload: boolean
  readonly branches: readonly (readonly StepRaw[])[]
}

/** What the steps of one operation may still do. */
export interface StepBudget {
  /** Operations that may be called. */
  readonly targets: readonly string[]
  callsLeft: number
  readonly canOffload: boolean
}

/** Amounts of around 20,000 with a bounded tail: nanoseconds or instructions. */
const amountArbitrary = fc.constantFrom<Json>(
  { dist: 'constant', value: 20000 },
  { dist: 'constant', value: 0 },
  { dist: 'uniform', min: 0, max: 40000 },
  { dist: 'exponential', mean: 20000 },
  { dist: 'erlang', k: 3, mean: 20000 },
  { dist: 'hyperexponential', probabilities: [0.9, 0.1], means: [10000, 100000] },
  { dist: 'lognormal', mean: 20000, cv: 0.5 },
  { dist: 'gamma', mean: 20000, cv: 2 },
  { dist: 'pareto', shape: 1.5, min: 5000, max: 200000 },
  { dist: 'empirical', values: [0, 10000, 50000], weights: [1, 2, 1] },
  { dist: 'empirical', values: [1000, 2000] },
)

const common = {
  amount: amountArbitrary,
  misses: fc.constantFrom(0, 0, 2, 10),
  target: fc.nat({ max: 7 }),
  bytes: fc.constantFrom(0, 1, 300, 10000),
  offload: fc.boolean(),
}
const leafArbitrary: fc.Arbitrary<StepRaw> = fc.record({
  ...common,
  kind: fc.constantFrom('time', 'instructions', 'delay', 'call', 'send'),
  branches: fc.constant([]),
})

/** Steps, nested at most once. */
export const stepArbitrary: fc.Arbitrary<StepRaw> = fc.oneof(
  { arbitrary: leafArbitrary, weight: 5 },
  {
    arbitrary: fc.record({
      ...common,
      kind: fc.constantFrom('parallel', 'choose'),
      branches: fc.array(fc.array(leafArbitrary, { maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    }),
    weight: 1,
  },
)

/** The steps as a document says them; a call that may not be becomes a delay. */
export function stepsFrom(steps: readonly StepRaw[], budget: StepBudget): Json {
  return steps.map((step) => stepFrom(step, budget))
}

function stepFrom(step: StepRaw, budget: StepBudget): Json {
  const offload = budget.canOffload && step.offload ? { offload: ['cpu', 'nic'] } : {}
  switch (step.kind) {
    case 'time':
      return { do: 'compute', timeNs: step.amount, inputBytes: step.bytes, ...offload }
    case 'instructions':
      return {
        do: 'compute',
        instructions: step.amount,
        missesPerKiloInstruction: step.misses,
        dirtyRatio: step.offload ? 0.3 : 0,
        ...offload,
      }
    case 'delay':
      return { do: 'delay', timeNs: step.amount }
    case 'call':
    case 'send':
      return messageFrom(step, budget)
    case 'parallel':
      return { do: 'parallel', branches: step.branches.map((branch) => stepsFrom(branch, budget)) }
    case 'choose':
      return {
        do: 'choose',
        options: step.branches.map((branch) => ({
          probability: 1 / step.branches.length,
          steps: stepsFrom(branch, budget),
        })),
      }
  }
}

function messageFrom(step: StepRaw, budget: StepBudget): Json {
  const { targets } = budget
  if (targets.length === 0 || budget.callsLeft === 0) return { do: 'delay', timeNs: step.amount }
  budget.callsLeft -= 1
  const message = { do: step.kind, to: targets[step.target % targets.length], requestBytes: step.bytes }
  if (step.kind === 'send') return message
  const rule = step.offload ? { attempts: { timeoutUs: 40 + step.misses, retries: 1, hedgeAfterUs: 25 } } : {}
  return { ...message, responseBytes: step.bytes * 2, ...rule }
}
