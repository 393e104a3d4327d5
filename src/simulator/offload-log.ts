import { PS_PER_US } from '../units/time'
import type { Decisions } from './decisions'
import type { Candidate, DecisionRow } from './result'
import type { Machine } from './services/machine'
import type { OffloadCandidate, OffloadView } from './policies/offload/offload-policy'
import type { OffloadEnd, OffloadListener, OffloadReport } from './services/offload-choice'

/** Writes down where steps were decided to run, and later what came of it. */
export class OffloadLog implements OffloadListener {
  constructor(
    private readonly machine: Machine,
    private readonly decisions: Decisions,
    private readonly policy: string,
    private readonly warmupPs: number,
  ) {}

  decided(report: OffloadReport): number {
    if (report.from !== report.to) this.machine.measures.offloads += 1
    if (!this.decisions.keepsOffload()) return -1
    const { devices, queue } = this.machine
    const { step, from, to, reason, view, candidate } = report
    return this.decisions.keep(queue.clock[0], {
      kind: 'offload',
      subject: step,
      from: devices.names[from],
      to: devices.names[to],
      policy: this.policy,
      reason,
      estimateUs: view?.candidates[candidate]?.estimateUs ?? NaN,
      saw: view === null ? [] : seenOf(view),
      candidates:
        view === null ? this.withoutView(report) : view.candidates.map((each, i) => rowOf(each, i === candidate)),
    })
  }

  private withoutView({ from, to, busy }: OffloadReport): readonly Candidate[] {
    const { devices, cores } = this.machine
    return [
      { target: devices.names[to], estimateUs: NaN, chosen: true, note: busy },
      { target: devices.names[from], estimateUs: NaN, chosen: false, note: `${cores.waiting[from]} waiting` },
    ]
  }

  ended({ decision, since, estimatePs, actualPs, best, bestPs }: OffloadEnd): void {
    const { measures, devices, queue } = this.machine
    if (since >= this.warmupPs && best >= 0) measures.offloadTimes.add(estimatePs, actualPs, bestPs)
    if (decision < 0) return
    const actualUs = actualPs / PS_PER_US
    this.decisions.settle(decision, {
      timePs: queue.clock[0],
      end: 'completed',
      actualUs,
      best: best < 0 ? '' : devices.names[best],
      bestUs: bestPs / PS_PER_US,
      regretUs: (actualPs - bestPs) / PS_PER_US,
      against: [{ name: 'step', estimateUs: estimatePs / PS_PER_US, actualUs }],
    })
  }
}

function seenOf({ candidates }: OffloadView): DecisionRow['saw'] {
  return candidates.map(({ target, busy, servers, waiting }) => ({
    name: target,
    value: `${busy} of ${servers} busy, ${waiting} waiting`,
  }))
}

function rowOf(
  { target, estimateUs, firstUseUs, transferUs, queueUs, runUs }: OffloadCandidate,
  chosen: boolean,
): Candidate {
  const part = (name: string, value: number): string => (value === 0 ? '' : `${name} ${value.toFixed(2)} us`)
  const parts = [
    part('transfer', transferUs),
    part('first use', firstUseUs),
    part('queue', queueUs),
    part('run', runUs),
  ]
  return { target, estimateUs, chosen, note: parts.filter((text) => text !== '').join(', ') }
}
