import type { ScenarioDocument } from '../../src/scenario/scenario'
import { policyRack } from './policy-rack'

/** Rules of one's own that reckon, draw and remember. */

const place = `
function place(request, candidates, state) {
  state.turn = (state.turn ?? 0) + 1
  const score = (one) => Math.log1p(one.instances) + Math.sqrt(one.freeBytes) * 1e-9 + Math.random() * parameters.noise
  let best = 0
  for (let i = 1; i < candidates.length; i += 1) if (score(candidates[i]) < score(candidates[best])) best = i
  return { choose: best, reason: 'turn ' + state.turn + ', ' + score(candidates[best]).toFixed(6) }
}`

const offload = `
function offload(step, candidates, state) {
  state.seen = state.seen ?? {}
  const mean = state.seen[step.step] ?? 0
  let best = 0
  candidates.forEach((one, i) => { if (one.estimateUs < candidates[best].estimateUs) best = i })
  state.seen[step.step] = mean + (candidates[best].estimateUs - mean) * 0.1
  if (Math.random() < Math.exp(-state.seen[step.step])) best = Math.floor(Math.random() * candidates.length)
  return { choose: best, reason: mean.toPrecision(17) }
}`

const decide = `
function decide(view, state) {
  state.looks = (state.looks ?? 0) + 1
  if (state.looks % 2 === 1) return []
  const movable = view.instances.filter((one) => one.movable && one.targets.length > 0)
  if (movable.length === 0) return []
  const one = movable[Math.floor(Math.random() * movable.length)]
  const target = one.targets[Math.floor(Math.random() * one.targets.length)]
  return [{ instance: one.name, target, reason: 'look ' + state.looks + ' ' + Math.sin(state.looks) }]
}`

/** Scenarios that bring a policy of each kind along. */
export const customScenarios: Readonly<Record<string, ScenarioDocument>> = {
  'custom-policies': {
    ...policyRack,
    policies: {
      placement: { use: 'custom', code: place, parameters: { noise: 0.3 } },
      memory: { use: 'spread' },
      offload: { use: 'custom', code: offload },
      migration: { use: 'custom', code: decide, controlPeriodMs: 1 },
    },
  },
}
