import type { ScenarioDocument } from '../../src/scenario/scenario'
import { policyRack } from './policy-rack'
import { withPlaces } from './with-places'
import type { Fields } from './scenarios'

/** Small scenarios whose policies decide something at every turn, with what is drawn and reckoned for it. */

/** How all sources and calls of a document ask. */
function withAttempts(document: ScenarioDocument, attempts: Fields): ScenarioDocument {
  const { sources } = document['workload'] as { readonly sources: readonly Fields[] }
  const { services } = document['application'] as { readonly services: readonly Fields[] }
  const asked = (step: Fields): Fields => (step['do'] === 'call' ? { ...step, attempts } : step)
  return {
    ...document,
    workload: { sources: sources.map((source) => ({ ...source, attempts })) },
    application: {
      ...(document['application'] as Fields),
      services: services.map((service) => ({
        ...service,
        operations: (service['operations'] as readonly Fields[]).map((operation) => ({
          ...operation,
          steps: (operation['steps'] as readonly Fields[]).map(asked),
        })),
      })),
    },
  }
}

/** All compute steps may leave, so that one is decided on before it has a core, and others while it has. */
function withEveryStepFree(document: ScenarioDocument): ScenarioDocument {
  const application = document['application'] as Fields & { readonly services: readonly Fields[] }
  const free = (step: Fields): Fields => (step['do'] === 'compute' ? { ...step, offload: ['cpu', 'nic'] } : step)
  const services = application.services.map((service) => ({
    ...service,
    operations: (service['operations'] as readonly Fields[]).map((operation) => ({
      ...operation,
      steps: (operation['steps'] as readonly Fields[]).map(free),
    })),
  }))
  return { ...document, application: { ...application, services } }
}

const offloads = (use: Fields): ScenarioDocument => ({
  ...withEveryStepFree(policyRack),
  policies: { placement: { use: 'spread' }, memory: { use: 'spread' }, offload: use },
})

const moves = (mechanism: string): ScenarioDocument => ({
  ...policyRack,
  policies: {
    placement: { use: 'spread' },
    memory: { use: 'interleave' },
    migration: {
      use: 'load-imbalance',
      mechanism,
      imbalance: 0.05,
      forMs: 1,
      controlPeriodMs: 1,
      minResidenceMs: 2,
      budgetPerSecond: 400,
    },
    orders: [0.004, 0.01].map((atSeconds, i): Fields => ({
      atSeconds,
      do: 'migrate',
      service: 'kv',
      instance: i,
      to: { node: 'old', device: 1 - i },
      mechanism,
    })),
  },
})

/** Devices and links that fail at random, with and without warning, and callers that do not wait for them. */
const faults: readonly Fields[] = [
  {
    target: 'cpu',
    effect: 'down',
    mtbfSeconds: { dist: 'gamma', mean: 0.008, cv: 0.6 },
    mttrSeconds: { dist: 'lognormal', mean: 0.001, cv: 0.7 },
    warningSeconds: 0.002,
  },
  { target: 'old', effect: 'down', mtbfSeconds: 0.02, mttrSeconds: 0.002 },
  { target: { link: 'trunk' }, effect: 'slow', factor: 3, mtbfSeconds: 0.005, mttrSeconds: 0.001 },
]
const failing = (recovery: Fields, memory: Fields = {}): ScenarioDocument => ({
  ...withAttempts(withPlaces(policyRack, {}, 0.3), {
    timeoutUs: 3000,
    retries: 2,
    backoffUs: 60,
    retryBudget: 0.5,
    hedgeAfterUs: 1000,
  }),
  policies: { placement: { use: 'spread' }, memory: { use: 'nearest', leaseMs: 0.05, ...memory }, recovery },
  faults,
})

export const decisionScenarios: Readonly<Record<string, ScenarioDocument>> = {
  'offload-cost-model': offloads({ use: 'cost-model' }),
  'offload-overload-aware': offloads({ use: 'overload-aware', base: 'cost-model' }),
  'offload-bandit': offloads({ use: 'bandit' }),
  'failing-restart': failing({ use: 'restart', detectMs: 0.5 }),
  'failing-evacuate': failing({ use: 'evacuate', detectMs: 0.5 }),
  'failing-restore': {
    ...failing({ use: 'restore', detectMs: 0.3, writeBackMs: 1 }, { copies: 2 }),
    faults: [...faults, { target: 'mem', effect: 'down', mtbfSeconds: 0.02, mttrSeconds: 0.002 }],
  },
  'moves-post-copy': moves('post-copy'),
  'moves-remap': moves('remap'),
  'moves-auto': moves('auto'),
  'memory-pressure': {
    ...policyRack,
    policies: {
      placement: { use: 'spread' },
      memory: { highWatermark: 0.8, lowWatermark: 0.6, reclaimMiBps: 16_000, reclaimPeriodMs: 1 },
    },
  },
  'scaling-attempts': {
    ...withAttempts(withPlaces(policyRack, {}, 0.2), {
      timeoutUs: 1500,
      retries: 2,
      backoffUs: 20,
      retryBudget: 0.3,
      hedgeAfterUs: 500,
    }),
    policies: {
      placement: { use: 'power-of-two-choices' },
      loadBalancing: { use: 'random' },
      offload: { use: 'cost-model' },
      scaling: { use: 'queue-length', requestsPerReplica: 2, controlPeriodMs: 1, stabilizationMs: 2 },
    },
  },
}
