import type { Execution, MadeCall } from './executions'
import { compareText } from './span'

/**
 * Calls of one execution as stages that follow each other; in a stage, branches that run side by side; in a
 * branch, calls that follow each other. Branches are ordered by what they call.
 */
export type Layout = readonly (readonly (readonly MadeCall[])[])[]

/** @param execution its calls by start time */
export function layoutOf(execution: Execution): Layout {
  return stagesOf(execution.calls).map(branchesOf)
}

/** Two executions with equal signatures made the same calls in the same arrangement. */
export function layoutSignature(layout: Layout): string {
  return layout.map((stage) => stage.map(branchSignature).join('\u0002')).join('\u0003')
}

/** Calls that overlap, directly or through others, share a stage. */
function stagesOf(calls: readonly MadeCall[]): readonly (readonly MadeCall[])[] {
  const stages: MadeCall[][] = []
  let reachedUs = Number.NEGATIVE_INFINITY
  for (const call of calls) {
    const stage = stages.at(-1)
    if (stage !== undefined && call.startUs < reachedUs) stage.push(call)
    else stages.push([call])
    reachedUs = Math.max(reachedUs, call.endUs)
  }
  return stages
}

/** Each call goes behind the one that ended last before it, if any did. */
function branchesOf(stage: readonly MadeCall[]): readonly (readonly MadeCall[])[] {
  const branches: MadeCall[][] = []
  for (const call of stage) {
    const free = branches.filter((branch) => endOf(branch) <= call.startUs)
    const tightest = free.sort((a, b) => endOf(b) - endOf(a))[0]
    if (tightest === undefined) branches.push([call])
    else tightest.push(call)
  }
  return branches.sort((a, b) => compareText(branchSignature(a), branchSignature(b)))
}

function endOf(branch: readonly MadeCall[]): number {
  return branch.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY
}

function branchSignature(branch: readonly MadeCall[]): string {
  return branch.map(callSignature).join('\u0001')
}

export function callSignature(call: MadeCall): string {
  return `${call.manner}\t${call.target}`
}
