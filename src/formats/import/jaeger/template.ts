import { callSignature, layoutOf } from './call-layout'
import type { Execution, MadeCall } from './executions'
import { increase } from './keyed'
import { overlap } from './intervals'
import { compareText } from './span'

/** Places for calls: stages, in them branches, in them slot numbers. */
export type Arrangement = readonly (readonly (readonly number[])[])[]

/** What some executions have in common, and where each of their calls belongs in it. */
export interface Template {
  readonly arrangement: Arrangement
  /** The slot of each call of an execution, in the order of its calls. */
  slotsOf(execution: Execution): readonly number[]
}

/** For executions that made the same calls in the same arrangement. */
export function exactTemplate(executions: readonly Execution[]): Template {
  let slot = 0
  const first = executions[0]
  const layout = first === undefined ? [] : layoutOf(first)
  return {
    arrangement: layout.map((stage) => stage.map((branch) => branch.map(() => slot++))),
    slotsOf: (execution) => {
      const order = new Map(
        layoutOf(execution)
          .flat(2)
          .map((call, index) => [call, index]),
      )
      return execution.calls.map((call) => order.get(call) ?? -1)
    },
  }
}

interface Slot {
  readonly key: string
  count: number
  /** Sum of where it started, as a share of the execution. */
  position: number
}

/**
 * For executions that differ: the k-th call of a target is one slot, slots stand in the order of their mean
 * start, and those that overlapped in most executions run side by side.
 */
export function mixedTemplate(executions: readonly Execution[]): Template {
  const slots = countSlots(executions)
  const numbers = new Map(slots.map((slot, index) => [slot.key, index]))
  const slotsOf = (execution: Execution): readonly number[] =>
    slotKeys(execution.calls).map((key) => numbers.get(key) ?? -1)
  const together = countOverlaps(executions, slotsOf)
  const areTogether = (a: number, b: number): boolean => {
    const least = Math.min(slots[a]?.count ?? 0, slots[b]?.count ?? 0)
    return (together.get(pairKey(a, b)) ?? 0) > least / 2
  }
  return { arrangement: arrange(slots.length, areTogether), slotsOf }
}

function countSlots(executions: readonly Execution[]): readonly Slot[] {
  const slots = new Map<string, Slot>()
  for (const execution of executions) {
    const keys = slotKeys(execution.calls)
    const lengthUs = Math.max(1, execution.window.endUs - execution.window.startUs)
    execution.calls.forEach((call, index) => {
      const key = keys[index] ?? ''
      const slot = slots.get(key) ?? { key, count: 0, position: 0 }
      slot.count += 1
      slot.position += (call.startUs - execution.window.startUs) / lengthUs
      slots.set(key, slot)
    })
  }
  return [...slots.values()].sort((a, b) => a.position / a.count - b.position / b.count || compareText(a.key, b.key))
}

/** A name for each call: what is called, and the how-manieth call of that. */
function slotKeys(calls: readonly MadeCall[]): readonly string[] {
  const counts = new Map<string, number>()
  return calls.map((call) => {
    const signature = callSignature(call)
    increase(counts, signature)
    return `${signature}\u0001${String(counts.get(signature)).padStart(6, '0')}`
  })
}

function countOverlaps(executions: readonly Execution[], slotsOf: Template['slotsOf']): ReadonlyMap<string, number> {
  const together = new Map<string, number>()
  for (const execution of executions) {
    const slots = slotsOf(execution)
    execution.calls.forEach((a, index) => {
      for (let other = index + 1; other < execution.calls.length; other += 1) {
        const b = execution.calls[other]
        if (b === undefined || b.startUs >= a.endUs) break // they are ordered by start
        if (overlap(a, b)) increase(together, pairKey(slots[index] ?? -1, slots[other] ?? -1))
      }
    })
  }
  return together
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

function arrange(count: number, areTogether: (a: number, b: number) => boolean): Arrangement {
  const stages: number[][][] = []
  for (let slot = 0; slot < count; slot += 1) {
    const stage = stages.at(-1)
    if (stage?.some((branch) => branch.some((other) => areTogether(slot, other))) !== true) {
      stages.push([[slot]])
      continue
    }
    const free = stage.find((branch) => !branch.some((other) => areTogether(slot, other)))
    if (free === undefined) stage.push([slot])
    else free.push(slot)
  }
  return stages
}
