import type { Channel } from '../hardware/network'
import type { Machine } from './machine'

/** Devices of one node that hang on the same places by links alike: for any third device they are equally far. */
export interface Alike {
  readonly count: number
  /** The class of each device or switch. */
  readonly of: Int32Array
  /** The first two of each class; the second is -1 where there is only one. */
  readonly first: Int32Array
  readonly second: Int32Array
}

/** Sorts all places into classes. What passes messages on is alike to nothing. */
export function alikePlaces({ fabric, devices }: Machine): Alike {
  const { vertices, channels } = fabric.network
  const told = vertices.map(({ forwardPs }, place) => [forwardPs >= 0 ? `${place}` : `node ${devices.node[place]}`])
  for (const channel of channels) {
    told[channel.from].push(`to ${channel.to}: ${linkOf(channel)}`)
    told[channel.to].push(`from ${channel.from}: ${linkOf(channel)}`)
  }
  const known = new Map<string, number>()
  const first: number[] = []
  const second: number[] = []
  const of = Int32Array.from(told, (parts, place) => {
    const text = parts.join('; ')
    const found = known.get(text)
    if (found !== undefined) {
      if (second[found] < 0) second[found] = place
      return found
    }
    known.set(text, first.length)
    second.push(-1)
    return first.push(place) - 1
  })
  return { count: first.length, of, first: Int32Array.from(first), second: Int32Array.from(second) }
}

function linkOf({ link, lane, gbps, propagationPs, payloadBytes, headerBytes, paging }: Channel): string {
  return [link, lane, gbps, propagationPs, payloadBytes, headerBytes, paging].join(' ')
}
