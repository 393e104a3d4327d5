import { getAt, isObject, numberOf, textOf } from './document-path'
import type { JsonObject } from './document-path'

/** `kv.0 to cpu.1`, `all leave cpu.1` */
export function orderText(order: JsonObject): string {
  const device = (name: string): string =>
    `${textOf(getAt(order, [name, 'node']))}.${numberOf(getAt(order, [name, 'device']), 0)}`
  if (textOf(order.do) === 'evacuate') return `all leave ${device('from')}`
  return `${textOf(order.service)}.${numberOf(order.instance, 0)} to ${device('to')}`
}

/** `mem.0 down`, `trunk/1 slow` */
export function faultText(fault: JsonObject): string {
  const { device, lane, node, link } = isObject(fault.target) ? fault.target : { node: textOf(fault.target) }
  const part = (mark: string, index: unknown): string => (typeof index === 'number' ? `${mark}${index}` : '')
  return `${textOf(node)}${textOf(link)}${part('.', device)}${part('/', lane)} ${textOf(fault.effect, 'down')}`
}

/** `at 0.3 s`, or that it comes at random. */
export function faultTime(fault: JsonObject): string {
  const isRandom = fault.mtbfSeconds !== undefined || fault.mttrSeconds !== undefined
  return isRandom ? 'at random' : `at ${numberOf(fault.atSeconds, 0)} s`
}
