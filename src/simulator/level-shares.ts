/** What a service asks of the devices of its instances. */
export interface Spread {
  readonly devices: readonly number[]
  /** Work a second of all its requests if one device did them all, per device as listed. */
  readonly work: readonly number[]
}

/** So often every service is spread anew beside the others; what is left to level by then is next to nothing. */
const ROUNDS = 32

/**
 * Shares of the requests of each service that its devices take, so that those most asked for are asked for least: what
 * comes about where requests go to whoever has the fewest. Services whose work is none anywhere are spread evenly.
 *
 * @param base work a second of each device that stays there
 * @param capacity work a second that each device can do, more than 0 where a service has work
 * @returns shares of sum 1, per service and device as listed
 */
export function levelShares(
  spreads: readonly Spread[],
  base: Float64Array,
  capacity: Float64Array,
): readonly (readonly number[])[] {
  const load = base.slice()
  const shares = spreads.map(({ devices }) => devices.map(() => 1 / devices.length))
  const add = (spread: Spread, service: number, sign: number): void => {
    spread.devices.forEach((device, i) => (load[device] += sign * shares[service][i] * spread.work[i]))
  }
  spreads.forEach((spread, service) => {
    add(spread, service, 1)
  })
  for (let round = 0; round < ROUNDS; round += 1)
    spreads.forEach((spread, service) => {
      if (spread.devices.length < 2 || !spread.work.every((work) => work > 0)) return
      add(spread, service, -1)
      shares[service] = filled(spread, load, capacity)
      add(spread, service, 1)
    })
  return shares
}

/** Shares of one service on top of what the others ask: all that it uses come to one level, as water does. */
function filled({ devices, work }: Spread, load: Float64Array, capacity: Float64Array): number[] {
  const levels = devices.map((device) => load[device] / capacity[device])
  const order = [...devices.keys()].sort((a, b) => levels[a] - levels[b])
  let level = Infinity
  let rise = 0 // shares that a level higher by 1 takes in, and those that are below a level of 0
  let below = 0
  for (const i of order) {
    if (levels[i] >= level) break
    rise += capacity[devices[i]] / work[i]
    below += load[devices[i]] / work[i]
    level = (1 + below) / rise
  }
  const shares = devices.map((device, i) => Math.max(0, level * capacity[device] - load[device]) / work[i])
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => share / sum)
}
