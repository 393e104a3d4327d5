import { layoutOf, layoutSignature } from './call-layout'
import { empirical, isCondensed, type DistributionDocument } from './empirical'
import type { Execution, MadeCall } from './executions'
import { uncoveredUs } from './intervals'
import { append } from './keyed'
import { meanOf } from './sample-summary'
import { compareText } from './span'
import { timeSteps, type StepDocument } from './step-documents'
import { exactTemplate, mixedTemplate, type Template } from './template'

/** Message sizes for calls whose traces say nothing about them, in bytes. */
export const usualRequestBytes = 500
export const usualResponseBytes = 2000
/** Arrangements of calls that an operation keeps apart; the rarer ones beyond that are brought together. */
const mostArrangements = 8

export interface StepSettings {
  /** `service.operation` for the key of an operation. */
  readonly reference: (key: string) => string
  readonly networkTime: 'links' | 'delay'
  /** Told whenever a distribution had to be condensed. */
  readonly onCondensed: () => void
  /** Told whenever so many executions were brought together. */
  readonly onMixed: (executions: number) => void
}

/**
 * The steps of one operation. Their compute steps have together the mean of the executions' local times: each gap
 * between calls belongs to the call that follows it, or to the end.
 *
 * @param executions all of one operation, at least one
 */
export function operationSteps(executions: readonly Execution[], settings: StepSettings): readonly StepDocument[] {
  const groups = groupByArrangement(executions)
  const kept = groups.length <= mostArrangements ? groups : groups.slice(0, mostArrangements - 1)
  const rest = groups.slice(kept.length).flat()
  if (rest.length > 0) settings.onMixed(rest.length)
  const options = kept.map((group) => ({ group, template: exactTemplate(group) }))
  if (rest.length > 0) options.push({ group: rest, template: mixedTemplate(rest) })
  const written = options.map(({ group, template }) => ({
    probability: group.length / executions.length,
    steps: templateSteps(group, template, settings),
  }))
  return written.length === 1 ? (written[0]?.steps ?? []) : [{ do: 'choose', options: written }]
}

/** The most frequent arrangement first. */
function groupByArrangement(executions: readonly Execution[]): readonly (readonly Execution[])[] {
  const groups = new Map<string, Execution[]>()
  for (const execution of executions) append(groups, layoutSignature(layoutOf(execution)), execution)
  const ordered = [...groups].sort(([a, one], [b, two]) => two.length - one.length || compareText(a, b))
  return ordered.map(([, group]) => group)
}

/** What was measured for one slot: its calls, and the time in which other calls kept it waiting. */
interface SlotSamples {
  readonly calls: MadeCall[]
  readonly leadUs: number[]
}

interface Samples {
  readonly slots: readonly SlotSamples[]
  /** Own work before each stage and, last, at the end: one value per execution. */
  readonly workUs: readonly (readonly number[])[]
}

function templateSteps(
  group: readonly Execution[],
  template: Template,
  settings: StepSettings,
): readonly StepDocument[] {
  const { slots, workUs } = collect(group, template)
  const write = (values: readonly number[]): DistributionDocument => {
    if (isCondensed(values)) settings.onCondensed()
    return empirical(values)
  }
  const stages = template.arrangement.flatMap((stage, index) => {
    const branches = stage.map((branch) =>
      branch.flatMap((slot) => slotSteps(slots[slot], group.length, settings, write)),
    )
    return [...timeSteps('compute', workUs[index] ?? [], write), ...besideEachOther(branches)]
  })
  return [...stages, ...timeSteps('compute', workUs.at(-1) ?? [], write)]
}

function besideEachOther(branches: readonly (readonly StepDocument[])[]): readonly StepDocument[] {
  const busy = branches.filter((branch) => branch.length > 0)
  return busy.length > 1 ? [{ do: 'parallel', branches: busy }] : (busy[0] ?? [])
}

function slotSteps(
  slot: SlotSamples | undefined,
  executions: number,
  settings: StepSettings,
  write: (values: readonly number[]) => DistributionDocument,
): readonly StepDocument[] {
  const call = slot?.calls[0]
  if (slot === undefined || call === undefined) return []
  const steps = [...timeSteps('delay', slot.leadUs, write), ...callSteps(call, slot.calls, settings, write)]
  const probability = slot.calls.length / executions
  if (probability === 1) return steps
  return [
    {
      do: 'choose',
      options: [
        { probability, steps },
        { probability: 1 - probability, steps: [] },
      ],
    },
  ]
}

function callSteps(
  like: MadeCall,
  calls: readonly MadeCall[],
  settings: StepSettings,
  write: (values: readonly number[]) => DistributionDocument,
): readonly StepDocument[] {
  const spentUs = calls.map((call) => call.endUs - call.startUs)
  if (like.manner === 'wait') return timeSteps('delay', spentUs, write)
  const to = settings.reference(like.target)
  const requestBytes = sizeOf(
    calls.map((call) => call.requestBytes),
    usualRequestBytes,
  )
  if (like.manner === 'send') return [{ do: 'send', to, requestBytes }, ...timeSteps('delay', spentUs, write)]
  const responseBytes = sizeOf(
    calls.map((call) => call.responseBytes),
    usualResponseBytes,
  )
  const networkUs = settings.networkTime === 'delay' ? calls.map((call) => Math.max(0, call.networkUs ?? 0)) : []
  return [...timeSteps('delay', networkUs, write), { do: 'call', to, requestBytes, responseBytes }]
}

/** The mean of the sizes that are known, in whole bytes. */
export function sizeOf(sizes: readonly (number | null)[], usual: number): number {
  const known = sizes.filter((size) => size !== null)
  return known.length === 0 ? usual : Math.round(meanOf(known))
}

function collect(group: readonly Execution[], template: Template): Samples {
  const { arrangement } = template
  const places = placesOf(arrangement)
  const slots = places.map((): SlotSamples => ({ calls: [], leadUs: [] }))
  const workUs = Array.from({ length: arrangement.length + 1 }, () => new Array<number>(group.length).fill(0))
  group.forEach((execution, index) => {
    const numbers = template.slotsOf(execution)
    addWork(workUs, index, execution, (call) => places[numbers[call] ?? -1]?.stage ?? arrangement.length)
    addCalls(slots, execution, numbers, places)
  })
  return { slots, workUs }
}

interface SlotPlace {
  readonly stage: number
  readonly branch: number
  /** Whether other branches run beside its own. */
  readonly isBeside: boolean
}

/** By slot number. */
function placesOf(arrangement: Template['arrangement']): readonly SlotPlace[] {
  const places: SlotPlace[] = []
  arrangement.forEach((branches, stage) => {
    branches.forEach((slots, branch) => {
      for (const slot of slots) places[slot] = { stage, branch, isBeside: branches.length > 1 }
    })
  })
  return places
}

function addWork(
  workUs: readonly number[][],
  index: number,
  execution: Execution,
  stageOf: (call: number) => number,
): void {
  for (const gap of execution.gaps) {
    const next = execution.calls.findIndex((call) => call.startUs >= gap.endUs)
    const row = workUs[next === -1 ? workUs.length - 1 : stageOf(next)]
    if (row !== undefined) row[index] = (row[index] ?? 0) + (gap.endUs - gap.startUs)
  }
}

/** A call beside others starts when its branch reached it; only the time that other calls filled is a delay. */
function addCalls(
  slots: readonly SlotSamples[],
  execution: Execution,
  numbers: readonly number[],
  places: readonly SlotPlace[],
): void {
  const reached = new Map<string, number>()
  execution.calls.forEach((call, index) => {
    const number = numbers[index] ?? -1
    const place = places[number]
    const slot = slots[number]
    if (place === undefined || slot === undefined) return
    const stageKey = String(place.stage)
    const branchKey = `${place.stage} ${place.branch}`
    const sinceUs = reached.get(branchKey) ?? reached.get(stageKey) ?? call.startUs
    if (!reached.has(stageKey)) reached.set(stageKey, call.startUs)
    slot.calls.push(call)
    slot.leadUs.push(place.isBeside ? filledUs(execution, sinceUs, call.startUs) : 0)
    reached.set(branchKey, call.endUs)
  })
}

function filledUs(execution: Execution, startUs: number, endUs: number): number {
  if (endUs <= startUs) return 0
  return endUs - startUs - uncoveredUs(execution.calls, { startUs, endUs })
}
