import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDocument } from '../../src/scenario/read-scenario'
import type { Json, ScenarioDocument } from '../../src/scenario/scenario'
import { setPath } from '../../src/scenario/set-path'
import { catalog } from '../../src/simulator/catalog'
import { simulate } from '../../src/simulator/simulate'
import { galleryFolder, metric } from '../support/scenario-files'

type Changes = Readonly<Record<string, Json>>

/** A figure of the summary of a gallery scenario with some of its fields changed. */
function figure(file: string, name: string, changes: Changes = {}): number {
  const document = JSON.parse(readFileSync(join(galleryFolder, file), 'utf8')) as ScenarioDocument
  const changed = Object.entries(changes).reduce((before, [path, value]) => setPath(before, path, value), document)
  const { scenario, problems } = checkDocument(changed, catalog)
  if (!scenario) throw new Error(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
  return metric(simulate(scenario).summary, name)
}

const use = (kind: string, name: string): Changes => ({ [`policies.${kind}`]: { use: name } })

test('one busy memory device: dealing the slabs out relieves it', () => {
  const p99 = (memory: string): number => figure('one-busy-memory.json', 'latency_p99_us', use('memory', memory))
  const packed = p99('first-fit')
  expect(p99('spread')).toBeLessThan(0.8 * packed)
  expect(p99('interleave')).toBeLessThan(0.8 * packed)
})

test('beside the data: slow cores next to it win while misses are many, fast ones far from it while they are few', () => {
  const mean = (misses: number, where: Changes): number =>
    figure('beside-the-data.json', 'latency_mean_us', {
      'application.services[1].operations[0].steps[0].missesPerKiloInstruction': misses,
      ...where,
    })
  const onHosts = { 'application.services[1].runsOn': ['cpu'], 'application.services[1].localShare': 0 }
  expect(mean(40, {})).toBeLessThan(0.75 * mean(40, onHosts))
  expect(mean(1, {})).toBeGreaterThan(1.3 * mean(1, onHosts))
})

test('edge site and rack: only placement next to the callers stays off the fiber', () => {
  const mean = (placement: string): number =>
    figure('edge-and-rack.json', 'latency_mean_us', use('placement', placement))
  const near = mean('nearest-to-callers')
  expect(near).toBeLessThan(1000)
  expect(mean('first-fit')).toBeGreaterThan(8000 + near / 2)
  expect(mean('spread')).toBeGreaterThan(8000 + near / 2)
})

test('services follow their users: worth it where users stay for seconds, not where they change sides five times a second', () => {
  const mean = (migration: Json, bucketSeconds: number): number =>
    figure('services-follow-users.json', 'latency_mean_us', {
      'policies.migration': migration,
      'workload.sources[0].arrivals.bucketSeconds': bucketSeconds,
      'workload.sources[1].arrivals.bucketSeconds': bucketSeconds,
    })
  const follow: Json = { use: 'follow-users', mechanism: 'post-copy', controlPeriodMs: 50, forMs: 100 }
  const never: Json = { use: 'never' }
  expect(mean(follow, 2)).toBeLessThan(0.4 * mean(never, 2))
  expect(mean(follow, 0.2)).toBeGreaterThan(1.2 * mean(never, 0.2))
})

test('hot pages come near: worth the copying where they stay hot, not where popularity changes in 2 ms', () => {
  const mean = (tieringMiBps: Json, life?: number): number =>
    figure('hot-pages-come-near.json', 'latency_mean_us', {
      'policies.memory.tieringMiBps': tieringMiBps,
      ...(life === undefined ? {} : { 'application.services[0].hotSetLifeMs': life }),
    })
  const still = mean(null)
  expect(mean(2048)).toBeLessThan(0.92 * still)
  expect(mean(2048, 2)).toBeGreaterThan(still)
})

test('scale to zero: pre-warming waits less than keep-alive, and holds less than an instance that never ends', () => {
  const of = (scaling: Json, name: string): number =>
    figure('scale-to-zero.json', name, { 'policies.scaling': scaling })
  const keepAlive: Json = { use: 'keep-alive', keepAliveMs: 600 }
  const preWarming: Json = { use: 'pre-warming', keepAliveMs: 600 }
  expect(of(preWarming, 'latency_mean_us')).toBeLessThan(0.6 * of(keepAlive, 'latency_mean_us'))
  expect(of({ use: 'fixed' }, 'latency_mean_us')).toBeLessThan(of(preWarming, 'latency_mean_us'))
  expect(of(keepAlive, 'replicas_mean')).toBeLessThan(of(preWarming, 'replicas_mean'))
  expect(of(preWarming, 'replicas_mean')).toBeLessThan(1)
})

test('retry storm: a budget ends it, and turning away what is late ends it sooner', () => {
  const completed = (changes: Changes): number => figure('retry-storm.json', 'requests_completed', changes)
  const storm = completed({})
  const budget = completed({ 'workload.sources[0].attempts.retryBudget': 0.1 })
  expect(budget).toBeGreaterThan(3 * storm)
  expect(completed({ 'application.services[0].shedAfterMs': 3 })).toBeGreaterThan(1.2 * budget)
})

test('a failure survived: waiting loses most, a restart little, a warning nothing', () => {
  const failed = (recovery: string): number =>
    figure('a-failure-survived.json', 'requests_failed', use('recovery', recovery))
  const restart = failed('restart')
  expect(restart).toBeGreaterThan(0)
  expect(failed('wait')).toBeGreaterThan(10 * restart)
  expect(failed('evacuate')).toBe(0)
})

test('memory that survives: a copy outlives its device, pools outlive a host, and only both outlive both', () => {
  const of = (name: string, copies: number, recovery: string): number =>
    figure('memory-that-survives.json', name, { 'policies.memory.copies': copies, ...use('recovery', recovery) })
  const failed = (copies: number, recovery: string): number => of('requests_failed', copies, recovery)
  const both = failed(2, 'restore')
  const [device, host] = [failed(2, 'restart'), failed(1, 'restore')]
  expect(both).toBeLessThan(0.05 * Math.min(device, host))
  expect(Math.max(device, host)).toBeLessThan(0.6 * failed(1, 'restart'))
  expect([of('memory_allocated_gib', 1, 'restart'), of('memory_allocated_gib', 2, 'restore')]).toEqual([4, 9])
})

test('memory given back: a term on leases lets the tenant that waits start', () => {
  const stranded = (changes: Changes): number => figure('memory-given-back.json', 'memory_stranded_gib', changes)
  const term: Changes = { 'policies.memory.leaseMs': 20 }
  expect(stranded({})).toBe(80)
  expect(stranded(term)).toBe(0)
  expect(figure('memory-given-back.json', 'requests_completed', term)).toBeGreaterThan(
    1.5 * figure('memory-given-back.json', 'requests_completed'),
  )
})

test('inference under load: predicted completion beats never and always', () => {
  const mean = (offload: string): number =>
    figure('inference-under-load.json', 'latency_mean_us', use('offload', offload))
  const chosen = mean('cost-model')
  expect(chosen).toBeLessThan(mean('never'))
  expect(chosen).toBeLessThan(0.1 * mean('always'))
})

test('hosts that sleep: consolidation saves a quarter of the energy or more, but only where empty hosts sleep, and a crowd feels it', () => {
  const of = (name: string, changes: Changes): number => figure('hosts-that-sleep.json', name, changes)
  const never = use('migration', 'never')
  const awake: Changes = { 'topology.nodes[0].spec.sleepWatts': null }
  const spread = of('energy_joules', never)
  expect(of('energy_joules', {})).toBeLessThan(0.75 * spread)
  expect(Math.abs(of('energy_joules', awake) / spread - 1)).toBeLessThan(0.02)
  expect(of('latency_p99_us', {})).toBeGreaterThan(1.2 * of('latency_p99_us', never))
})

test('a model that moves: evacuation nearly halves the mean where offload knows better than to come back; hotspots go to and fro', () => {
  const mean = (offload: string, migration: string): number =>
    figure('a-model-that-moves.json', 'latency_mean_us', {
      'policies.offload.use': offload,
      'policies.migration.use': migration,
    })
  const both = mean('cost-model', 'evacuation')
  expect(both).toBeLessThan(0.65 * mean('cost-model', 'never'))
  expect(both).toBeLessThan(0.65 * mean('always', 'evacuation'))
  const moved = mean('never', 'evacuation')
  expect(both).toBeLessThan(0.97 * moved)
  expect(mean('never', 'hotspot')).toBeGreaterThan(1.4 * moved)
})
