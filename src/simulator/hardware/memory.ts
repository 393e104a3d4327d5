import { capture, reinstate, type Saved } from '../engine/plain-state'
import { EpochRates } from './epoch-rates'
import { LINE_BYTES, slowed, type MemoryDevice } from './memory-device'
import { lately, RecentUse } from './recent-use'

const FIELDS = ['channelFree', 'bankFree', 'lastWrite', 'worked', 'served', 'written', 'read', 'turn', 'slow'] as const

export { LINE_BYTES }
export const PAGE_BYTES = 4096
const NEITHER = 2

/** When the first and the last piece of an answer are ready, ps. */
export interface Served {
  first: number
  last: number
}

/**
 * Memory devices: channels whose bus is served first come first served, and behind each bus its banks. A line takes the
 * bus of the channel whose turn it is, then its bank for an access, then the controller, which is pipelined. Row
 * behavior is averaged: an access that finds its bank idle takes the mean of row hit and row miss, one that had to wait
 * for the bank the mean of row hit and row conflict.
 *
 * `serveOne` follows every access through its bank; `serve` takes trains of lines together, and what their banks cost
 * them under load is estimated by `bankDelay`.
 */
export class MemoryChannels {
  private readonly firstChannel: Int32Array
  private readonly firstBank: Int32Array
  channelFree: Float64Array
  bankFree: Float64Array
  /** Whether the last line of a channel was written: 1 or 0; `NEITHER` before the first. */
  lastWrite: Uint8Array
  /** Bus time taken on per device, ps. */
  worked: Float64Array
  /** Lines (or pages) served per device; lines read and written. */
  served: Float64Array
  read: Float64Array
  written: Float64Array
  /** Counts lines per device, modulo its banks: says the channel that gets the next line. */
  turn: Int32Array
  /** Two entries a device: lines, and accesses to banks. */
  readonly rates: EpochRates
  /** Two entries a device: how long of late its buses, and its banks, were busy on average. */
  private readonly recent: RecentUse
  readonly answer: Served = { first: 0, last: 0 }
  /** As they work now; see `setPace`. */
  readonly devices: (MemoryDevice | null)[]
  /** How many times slower each works than it was built to. */
  slow: Float64Array
  /** Counts the changes of `slow`, for those who keep what follows from it. */
  paceChanges = 0

  /** @param built one entry per device of the rack; null: no memory pool */
  constructor(private readonly built: readonly (MemoryDevice | null)[]) {
    const devices = [...built]
    this.devices = devices
    this.slow = new Float64Array(devices.length).fill(1)
    this.firstChannel = new Int32Array(devices.length)
    this.firstBank = new Int32Array(devices.length)
    let channels = 0
    let banks = 0
    devices.forEach((device, index) => {
      this.firstChannel[index] = channels
      this.firstBank[index] = banks
      channels += device?.channels ?? 0
      banks += device ? device.channels * device.banks : 0
    })
    this.channelFree = new Float64Array(channels)
    this.lastWrite = new Uint8Array(channels).fill(NEITHER)
    this.bankFree = new Float64Array(banks)
    this.worked = new Float64Array(devices.length)
    this.served = new Float64Array(devices.length)
    this.read = new Float64Array(devices.length)
    this.written = new Float64Array(devices.length)
    this.turn = new Int32Array(devices.length)
    this.rates = new EpochRates(2 * devices.length)
    this.recent = new RecentUse(2 * devices.length)
  }

  /**
   * Serves one line, or one page of `lines` lines, that is there at `arrival`; calls come in order of arrival.
   *
   * @param isWrite 1 or 0
   * @param spot says which bank; accesses that are issued together have the same one and so get banks in turn
   * @returns when the answer is ready, ps
   */
  serveOne(index: number, lines: number, arrival: number, isWrite: number, spot: number): number {
    const device = this.devices[index]!
    const { channels, banks, linePs } = device
    const used = lines < channels ? lines : channels
    const laps = channels * banks
    let at = this.turn[index]
    let ready = 0
    for (let i = 0; i < used; i += 1) {
      const channel = at % channels
      const mine = lines === 1 ? 1 : Math.floor(lines / used) + (i < lines % used ? 1 : 0)
      const off = this.takeBus(device, this.firstChannel[index] + channel, mine * linePs, arrival, isWrite, index)
      const bank = this.firstBank[index] + channel * banks + (((spot >>> 0) + Math.floor(at / channels)) % banks)
      const free = this.bankFree[bank]
      const done = free > off ? free + device.conflictPs : off + device.accessPs
      this.bankFree[bank] = done
      if (done > ready) ready = done
      at = at + 1 === laps ? 0 : at + 1
    }
    this.turn[index] = (this.turn[index] + lines) % laps
    this.count(index, 1, lines, isWrite)
    this.use(index, used, arrival)
    ready += device.latencyPs - device.accessPs
    if (device.loadedPs === 0) return ready
    this.rates.add(2 * index, lines, arrival)
    const idle = arrival + Math.ceil(lines / used) * linePs + device.latencyPs
    return Math.max(ready, idle + this.loadedDelay(index, arrival))
  }

  /** Serves `units` as `serveOne` does, each when it arrives of those that come evenly from `first` to `last`. */
  serveEach(
    index: number,
    units: number,
    lines: number,
    first: number,
    last: number,
    isWrite: number,
    spot: number,
  ): Served {
    const { answer } = this
    const gap = units > 1 ? (last - first) / (units - 1) : 0
    const from = units > 1 ? first : last // one page of several packets is there with its last
    answer.first = Infinity
    answer.last = 0
    for (let i = 0; i < units; i += 1) {
      const ready = this.serveOne(index, lines, Math.round(from + i * gap), isWrite, spot)
      if (ready < answer.first) answer.first = ready
      if (ready > answer.last) answer.last = ready
    }
    return answer
  }

  private takeBus(
    device: MemoryDevice,
    channel: number,
    work: number,
    arrival: number,
    isWrite: number,
    index: number,
  ): number {
    const free = this.channelFree[channel]
    const isTurned = this.lastWrite[channel] === 1 - isWrite
    const turned = isTurned ? device.turnaroundPs : 0
    const off = (free > arrival ? free : arrival) + turned + work
    this.channelFree[channel] = off
    this.lastWrite[channel] = isWrite
    this.work(index, work + turned, arrival)
    return off
  }

  private work(index: number, ps: number, now: number): void {
    this.worked[index] += ps
    this.recent.add(2 * index, ps / this.devices[index]!.channels, now)
  }

  private use(index: number, accesses: number, now: number): void {
    const { accessPs, banks, channels } = this.devices[index]!
    this.recent.add(2 * index + 1, (accesses * accessPs) / (banks * channels), now)
  }

  private count(index: number, units: number, lines: number, isWrite: number): void {
    this.served[index] += units
    if (isWrite === 1) this.written[index] += lines
    else this.read[index] += lines
  }

  /**
   * Serves `units` pieces of `lines` lines each that arrive evenly from `first` to `last`; the result is in `answer`.
   */
  serve(index: number, units: number, lines: number, first: number, last: number, isWrite = 0): Served {
    const device = this.devices[index]!
    const base = this.firstChannel[index]
    const total = units * lines
    const used = Math.min(device.channels, total)
    const { answer } = this
    answer.first = Infinity
    answer.last = 0
    const head = Math.ceil(lines / Math.min(device.channels, lines)) * device.linePs
    const turned = device.turnaroundPs * this.turnShare(index)
    for (let i = 0; i < used; i += 1) {
      const channel = base + ((this.turn[index] + i) % device.channels)
      const mine = Math.floor(total / used) + (i < total % used ? 1 : 0)
      const work = mine * device.linePs + Math.round(mine * turned)
      const start = Math.max(first, this.channelFree[channel])
      const span = Math.max(work, bankSpan(device, mine, lines))
      const done = Math.max(last + device.linePs, start + span)
      this.channelFree[channel] = start + span
      this.work(index, work, first)
      answer.first = Math.min(answer.first, start + head)
      answer.last = Math.max(answer.last, done)
    }
    this.turn[index] = (this.turn[index] + total) % (device.channels * device.banks)
    this.count(index, units, total, isWrite)
    this.noteLoad(index, units, lines, first)
    answer.first += device.latencyPs
    answer.last = Math.max(answer.first, answer.last + device.latencyPs)
    return answer
  }

  /** Counts lines that are not served one by one but estimated. */
  account(index: number, reads: number, writes: number, now: number): void {
    const lines = reads + writes
    if (lines === 0) return
    this.served[index] += lines
    this.read[index] += reads
    this.written[index] += writes
    this.work(index, Math.round(lines * this.meanLinePs(index)), now)
    this.noteLoad(index, lines, 1, now)
  }

  /** Counts lines and accesses for the estimates of load. */
  noteLoad(index: number, units: number, lines: number, now: number): void {
    const accesses = units * Math.min(lines, this.devices[index]!.channels)
    this.rates.add(2 * index, units * lines, now)
    this.rates.add(2 * index + 1, accesses, now)
    this.use(index, accesses, now)
  }

  /** How often a line is of another kind than the one before it, were reads and writes mixed at random. */
  private turnShare(index: number): number {
    const all = this.read[index] + this.written[index]
    return all === 0 ? 0 : (2 * this.read[index] * this.written[index]) / (all * all)
  }

  /** Whether the buses of a device, or its banks, have been busy for more than a share of the time of late. */
  isUsed(index: number, now: number, share: number): boolean {
    const least = share * lately(now)
    return this.recent.isOver(2 * index, least, now) || this.recent.isOver(2 * index + 1, least, now)
  }

  /** Bus time of a line with its share of turnarounds, ps; not rounded. */
  meanLinePs(index: number): number {
    const device = this.devices[index]!
    return device.linePs + device.turnaroundPs * this.turnShare(index)
  }

  /** Accesses to banks per ps, of the last epochs. */
  accessRate(index: number, now: number): number {
    return this.rates.at(2 * index + 1, now)
  }

  /** What the loaded controller adds, ps: `a * u / (c - u)`, the fit of Memory Latency Checker curves; see docs/model.md. */
  loadedDelay(index: number, now: number): number {
    const device = this.devices[index]!
    if (device.loadedPs === 0) return 0
    const use = Math.min(1, (this.rates.at(2 * index, now) * device.linePs) / device.channels)
    return Math.round((device.loadedPs * use) / (device.loadedPole - use))
  }

  /**
   * What the banks add to the time until the last of `count` accesses is through that come `gapPs` apart, ps. Each waits
   * as in an M/D/1 queue and, if it has to, finds a row conflict; the last one back decides, of those that come late
   * enough to matter.
   *
   * @param others accesses per ps of others than the asking core, whose own do not wait for one another
   */
  bankDelay(index: number, count: number, gapPs: number, others: number): number {
    const device = this.devices[index]!
    if (others <= 0 || device.conflictPs === 0) return 0
    const all = device.channels * device.banks
    const base = Math.min(0.95, (others * device.accessPs) / all)
    const busy = Math.min(
      0.95,
      (base * (device.accessPs + base * (device.conflictPs - device.accessPs))) / device.accessPs,
    )
    const wait = (device.accessPs + busy * (device.conflictPs - device.accessPs)) / (2 * (1 - busy))
    const late = Math.min(count, 1 + wait / Math.max(1, gapPs))
    const conflict = device.conflictPs - device.accessPs
    return Math.round(wait * largestOf(late, busy) + conflict * (1 - idleChance(late, busy)))
  }

  /** The same on an idle device, which stays as it is. */
  unloaded(index: number, units: number, lines: number, first: number, last: number): Served {
    return this.idle(this.devices[index]!, units, lines, first, last)
  }

  /** The same while the device is not slowed. */
  asBuilt(index: number, units: number, lines: number, first: number, last: number): Served {
    return this.idle(this.built[index]!, units, lines, first, last)
  }

  private idle(device: MemoryDevice, units: number, lines: number, first: number, last: number): Served {
    const total = units * lines
    const used = Math.min(device.channels, total)
    const most = Math.ceil(total / used)
    const head = Math.ceil(lines / Math.min(device.channels, lines)) * device.linePs
    const { answer } = this
    answer.first = first + head + device.latencyPs
    answer.last = Math.max(
      answer.first,
      Math.max(last + device.linePs, first + Math.max(most * device.linePs, bankSpan(device, most, lines))) +
        device.latencyPs,
    )
    return answer
  }

  /** From now on a device works `slow` times slower; what it has taken on already ends as it was going to. */
  setPace(index: number, slow: number): void {
    const device = this.built[index]
    if (!device || this.slow[index] === slow) return
    this.slow[index] = slow
    this.devices[index] = slowed(device, slow)
    this.paceChanges += 1
  }

  /** Bus time worked until `now`, all channels together, ps. */
  workedUntil(index: number, now: number): number {
    const device = this.devices[index]
    if (!device) return 0
    let ahead = 0
    for (let c = 0; c < device.channels; c += 1)
      ahead += Math.max(0, this.channelFree[this.firstChannel[index] + c] - now)
    return this.worked[index] - ahead
  }

  save(): Saved {
    return { ...capture(this, FIELDS), rates: this.rates.save(), recent: this.recent.save() }
  }

  restore(saved: Saved): void {
    reinstate(this, FIELDS, saved)
    this.built.forEach((device, i) => (this.devices[i] = device && slowed(device, this.slow[i])))
    this.paceChanges += 1
    this.rates.restore(saved['rates'] as Saved)
    this.recent.restore(saved['recent'] as Saved)
  }
}

/**
 * How long before its last access a channel is kept busy by its banks when it takes `lines` lines at once, ps: the
 * banks get them in turn, so nothing while there are enough banks. Lines of one page are one access.
 */
function bankSpan(device: MemoryDevice, lines: number, ofPage: number): number {
  const accesses = ofPage === 1 ? lines : Math.ceil(lines / Math.ceil(ofPage / device.channels))
  const laps = Math.floor((accesses - 1) / device.banks)
  return laps <= 0 ? 0 : device.linePs + laps * device.conflictPs
}

/** Chance that none of `count` accesses finds its bank busy. */
function idleChance(count: number, busy: number): number {
  let chance = 1
  for (let left = count; left > 0; left -= 1) chance *= left >= 1 ? 1 - busy : 1 - busy * left
  return chance
}

/**
 * Mean of the largest of `count` waits over the mean wait of those who wait: waits are exponential for a share `busy`
 * and 0 for the others, so the sum over j of (1 - (1 - busy)^j) / j.
 */
function largestOf(count: number, busy: number): number {
  let sum = 0
  let idle = 1
  for (let j = 1; j < count + 1; j += 1) {
    idle *= 1 - busy
    sum += (Math.min(1, count + 1 - j) * (1 - idle)) / j
  }
  return sum
}
