import { isObject, numberOf, objectsAt, textOf } from '../../app/document-path'
import type { JsonObject } from '../../app/document-path'
import type { Json } from '../../scenario/scenario'

const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** A time in ns in the unit that reads best. */
function timeText(ns: number): string {
  if (ns >= 1e9) return `${figures.format(ns / 1e9)} s`
  if (ns >= 1e6) return `${figures.format(ns / 1e6)} ms`
  return ns >= 1e3 ? `${figures.format(ns / 1e3)} µs` : `${figures.format(ns)} ns`
}

function bytesText(bytes: number): string {
  if (bytes >= 2 ** 20) return `${figures.format(bytes / 2 ** 20)} MiB`
  return bytes >= 1024 ? `${figures.format(bytes / 1024)} KiB` : `${figures.format(bytes)} B`
}

const countText = (value: number): string =>
  value >= 1e9
    ? `${figures.format(value / 1e9)} G`
    : value >= 1e6
      ? `${figures.format(value / 1e6)} M`
      : value >= 1e4
        ? `${figures.format(value / 1e3)} k`
        : figures.format(value)

/** `exponential, 100 µs`. */
function quantityText(value: Json | undefined, show: (mean: number) => string): string {
  if (!isObject(value)) return ''
  const mean = numberOf(value.mean, numberOf(value.value, NaN))
  return Number.isNaN(mean) ? textOf(value.dist) : `${show(mean)} ${textOf(value.dist)}`
}

/** What a step does, in a few words. */
export function stepText(step: JsonObject): string {
  switch (textOf(step.do)) {
    case 'compute':
      return isObject(step.timeNs)
        ? quantityText(step.timeNs, timeText)
        : `${quantityText(step.instructions, countText)} instructions`
    case 'memory':
      return `${textOf(step.access, 'read')} ${bytesText(numberOf(step.bytes, 0))}`
    case 'kernel':
      return `${countText(numberOf(step.flops, 0))} FLOP`
    case 'call':
      return `${textOf(step.to, '…')}, ${bytesText(numberOf(step.requestBytes, 0))} → ${bytesText(numberOf(step.responseBytes, 0))}`
    case 'send':
      return `${textOf(step.to, '…')}, ${bytesText(numberOf(step.requestBytes, 0))}`
    case 'parallel':
      return `${Array.isArray(step.branches) ? step.branches.length : 0} branches`
    case 'choose':
      return objectsAt(step, ['options'])
        .map((option) => `${figures.format(numberOf(option.probability, 0) * 100)} %`)
        .join(' / ')
    case 'delay':
      return quantityText(step.timeNs, timeText)
    default:
      return ''
  }
}

/** An operation's steps in one line. */
export function stepsText(steps: readonly JsonObject[]): string {
  if (steps.length === 0) return 'no steps'
  return steps
    .map((step) =>
      step.do === 'call' || step.do === 'send' ? `${textOf(step.do)} ${textOf(step.to)}` : textOf(step.do),
    )
    .join(', ')
}
