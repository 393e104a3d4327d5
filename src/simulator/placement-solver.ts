import type { PlacementPlan, PlacementProblem } from './placement-problem'

/** Least of what is worth telling apart, of a cost. */
const CLOSE = 1e-12

/** Branch and bound over instances in turn, service by service. Exact unless more nodes are needed than allowed. */
export function solvePlacement(problem: PlacementProblem, mostNodes: number): PlacementPlan {
  return new Search(problem, mostNodes).run()
}

class Search {
  private readonly pairs = new Map<number, Float64Array>()
  private readonly order: readonly number[]
  private readonly alikeFirst: Int32Array
  /** Devices of the instances placed so far, per service. */
  private readonly places: number[][]
  private depth = 0
  /** What others cost alone, by the number of instances placed. */
  private readonly alones: Float64Array[] = []
  private readonly room: Float64Array
  private readonly loads: Float64Array
  private readonly used: Int32Array
  private best: number[][] | null = null
  private bestCost = Infinity
  private nodes = 0
  /** Cost of each device's queue as it is; and with one more instance, per service. */
  private readonly now: Float64Array
  private readonly queuedWith: Float64Array
  /** Of the bound that is looked for: instances more on each device; cost of the next one. */
  private readonly own: Int32Array
  private readonly each: Float64Array
  /** Least bound of what was not looked into. */
  private open = Infinity

  constructor(
    private readonly problem: PlacementProblem,
    private readonly mostNodes: number,
  ) {
    const { services, instances, room, loads, occupied } = problem
    for (let s = 0; s < services; s += 1)
      for (const o of problem.neighbors[s]) this.pairs.set(s * services + o, this.pairTable(s, o))
    this.order = [...instances.keys()]
      .filter((s) => instances[s] > 0)
      .sort((a, b) => this.hosts(a) - this.hosts(b) || this.weight(b) - this.weight(a) || a - b)
    this.places = Array.from({ length: services }, () => [])
    this.room = room.slice()
    this.loads = loads.slice()
    this.used = Int32Array.from(occupied)
    this.now = new Float64Array(problem.devices)
    this.queuedWith = new Float64Array(problem.load.length)
    for (let d = 0; d < problem.devices; d += 1) this.setLoad(d, loads[d])
    this.own = new Int32Array(problem.devices)
    this.each = new Float64Array(problem.devices)
    this.alikeFirst = this.findAlike()
  }

  run(): PlacementPlan {
    const { problem } = this
    const root = this.bound(problem.alone, 0, -1)
    this.startFromGreedy()
    this.branch(0, 0, -1, problem.alone, 0)
    const bound = Math.min(this.bestCost, Math.max(root, this.open))
    const isProven = !this.isBetter(this.open)
    const places = this.best?.map((list) => [...list].sort((a, b) => a - b)) ?? null
    return { places, cost: this.bestCost, bound: isProven ? this.bestCost : bound, isProven, nodes: this.nodes }
  }

  /** By the device of the other first: what it adds to all devices stands side by side. */
  private pairTable(service: number, other: number): Float64Array {
    const { devices } = this.problem
    const table = new Float64Array(devices * devices)
    for (let d = 0; d < devices; d += 1)
      for (let x = 0; x < devices; x += 1)
        if (d !== x && this.allowed(service, d) && this.allowed(other, x))
          table[x * devices + d] = this.problem.pair(service, d, other, x)
    return table
  }

  private allowed(service: number, device: number): boolean {
    return this.problem.allowed[service * this.problem.devices + device] === 1
  }

  private hosts(service: number): number {
    const { allowed, devices } = this.problem
    return Math.min(
      2,
      allowed.subarray(service * devices, (service + 1) * devices).reduce((sum, one) => sum + one, 0),
    )
  }

  private weight(service: number): number {
    const { load, devices } = this.problem
    return load.subarray(service * devices, (service + 1) * devices).reduce((most, one) => Math.max(most, one), 0)
  }

  /** The first of the devices that any two of could be exchanged without a difference, for each device. */
  private findAlike(): Int32Array {
    const { devices, occupied } = this.problem
    const first = Int32Array.from({ length: devices }, (_, d) => d)
    for (let d = 0; d < devices; d += 1)
      for (let e = 0; e < d && first[d] === d; e += 1)
        if (first[e] === e && occupied[d] === 0 && occupied[e] === 0 && this.areAlike(d, e)) first[d] = e
    return first
  }

  private areAlike(d: number, e: number): boolean {
    const { services, devices, room, loads, allowed, alone, load, instances } = this.problem
    if (room[d] !== room[e] || loads[d] !== loads[e]) return false
    if (this.problem.queue(d, 0.5) !== this.problem.queue(e, 0.5)) return false
    for (let s = 0; s < services; s += 1) {
      if (instances[s] === 0) continue
      const [i, j] = [s * devices + d, s * devices + e]
      if (allowed[i] !== allowed[j] || alone[i] !== alone[j] || load[i] !== load[j]) return false
    }
    for (const table of this.pairs.values()) if (!symmetric(table, devices, d, e)) return false
    return true
  }

  private startFromGreedy(): void {
    const { problem } = this
    let alone = problem.alone
    let cost = 0
    const { room, loads } = this
    const [roomBefore, loadsBefore] = [room.slice(), loads.slice()]
    let fits = true
    for (const s of this.order)
      for (let i = 0; i < problem.instances[s] && fits; i += 1) {
        const device = this.cheapest(s, alone)
        if (device < 0) fits = false
        else {
          cost += this.costOf(s, device, alone)
          alone = this.put(s, device, alone)
        }
      }
    if (fits) this.keepBest(cost)
    room.set(roomBefore)
    loadsBefore.forEach((load, device) => {
      this.setLoad(device, load)
    })
    this.used.set(problem.occupied)
    this.depth = 0
    for (const list of this.places) list.length = 0
  }

  private isBetter(cost: number): boolean {
    return this.best === null ? cost < Infinity : cost < this.bestCost - CLOSE * Math.abs(this.bestCost)
  }

  private keepBest(cost: number): void {
    this.bestCost = cost
    this.best = this.places.map((list) => list.slice())
  }

  private cheapest(service: number, alone: Float64Array): number {
    let best = -1
    let least = Infinity
    for (let d = 0; d < this.problem.devices; d += 1) {
      if (!this.fits(service, d)) continue
      const cost = this.costOf(service, d, alone)
      if (cost < least) [best, least] = [d, cost]
    }
    return best
  }

  private fits(service: number, device: number): boolean {
    return this.allowed(service, device) && this.problem.bytes[service] <= this.room[device]
  }

  private costOf(service: number, device: number, alone: Float64Array): number {
    const at = service * this.problem.devices + device
    return alone[at] + this.queuedWith[at] - this.now[device]
  }

  private setLoad(device: number, load: number): void {
    const { services, devices, queue, instances, load: each } = this.problem
    this.loads[device] = load
    this.now[device] = queue(device, load)
    for (let s = 0, at = device; s < services; s += 1, at += devices)
      if (instances[s] > 0) this.queuedWith[at] = queue(device, load + each[at])
  }

  /** Puts an instance on a device. @returns what others cost alone now */
  private put(service: number, device: number, alone: Float64Array): Float64Array {
    const { devices, services, bytes, load, neighbors } = this.problem
    this.room[device] -= bytes[service]
    this.setLoad(device, this.loads[device] + load[service * devices + device])
    this.used[device] += 1
    this.places[service].push(device)
    this.depth += 1
    if (neighbors[service].length === 0) return alone
    const next = (this.alones[this.depth] ??= new Float64Array(alone.length))
    next.set(alone)
    for (const other of neighbors[service]) {
      const table = this.pairs.get(other * services + service)!
      const [row, from] = [other * devices, device * devices]
      for (let d = 0; d < devices; d += 1) next[row + d] += table[from + d]
    }
    return next
  }

  private branch(step: number, index: number, last: number, alone: Float64Array, cost: number): void {
    if (step === this.order.length) {
      if (this.isBetter(cost)) this.keepBest(cost)
      return
    }
    const service = this.order[step]
    const isLast = index + 1 === this.problem.instances[service]
    for (const device of this.choices(service, last, alone)) {
      const more = this.costOf(service, device, alone)
      const [room, load] = [this.room[device], this.loads[device]]
      const next = this.put(service, device, alone)
      const bound = cost + more + this.bound(next, isLast ? step + 1 : step, isLast ? -1 : device)
      if (this.isBetter(bound)) {
        this.nodes += 1
        if (this.nodes > this.mostNodes) this.open = Math.min(this.open, bound)
        else this.branch(isLast ? step + 1 : step, isLast ? 0 : index + 1, isLast ? -1 : device, next, cost + more)
      }
      this.room[device] = room
      this.setLoad(device, load)
      this.used[device] -= 1
      this.places[service].pop()
      this.depth -= 1
    }
  }

  /**
   * Devices worth trying, the cheapest first. Instances of a service are alike, so they are put in order of the devices;
   * of empty devices that are alike only the first is tried.
   */
  private choices(service: number, last: number, alone: Float64Array): number[] {
    const seen = new Set<number>()
    const list: { readonly device: number; readonly cost: number }[] = []
    for (let d = 0; d < this.problem.devices; d += 1) {
      if (this.used[d] === 0) {
        if (seen.has(this.alikeFirst[d])) continue
        seen.add(this.alikeFirst[d])
      }
      if (d >= last && this.fits(service, d)) list.push({ device: d, cost: this.costOf(service, d, alone) })
    }
    return list.sort((a, b) => a.cost - b.cost || a.device - b.device).map(({ device }) => device)
  }

  /** What the instances not placed yet cost at least: each service by itself, as costs of loads are convex. */
  private bound(alone: Float64Array, step: number, last: number): number {
    let sum = 0
    for (let i = step; i < this.order.length && sum < Infinity; i += 1)
      sum += this.leastOf(this.order[i], alone, i === step ? Math.max(0, last) : 0)
    return sum
  }

  /** The cheapest devices for what is left of a service; one more on a device costs no less than the one before. */
  private leastOf(service: number, alone: Float64Array, from: number): number {
    const { devices, instances } = this.problem
    const { own, each } = this
    for (let d = from; d < devices; d += 1) {
      own[d] = 0
      each[d] = this.fits(service, d) ? this.costOf(service, d, alone) : Infinity
    }
    let sum = 0
    for (let n = this.places[service].length; n < instances[service]; n += 1) {
      let best = from
      for (let d = from + 1; d < devices; d += 1) if (each[d] < each[best]) best = d
      if (each[best] === Infinity) return Infinity
      sum += each[best]
      own[best] += 1
      const load = this.loads[best] + own[best] * this.problem.load[service * devices + best]
      each[best] = this.nextCost(service, best, alone, this.problem.queue(best, load))
    }
    return sum
  }

  /** Cost of one more instance on a device that has `own` more of its service; Infinity where it may not. */
  private nextCost(service: number, device: number, alone: Float64Array, queued: number): number {
    const { devices, load, bytes, allowed, queue } = this.problem
    const at = service * devices + device
    const count = this.own[device] + 1
    if (allowed[at] === 0 || count * bytes[service] > this.room[device]) return Infinity
    return alone[at] + queue(device, this.loads[device] + count * load[at]) - queued
  }
}

/** Whether exchanging two devices leaves a table of device × device as it is. */
function symmetric(table: Float64Array, n: number, d: number, e: number): boolean {
  if (table[d * n + e] !== table[e * n + d] || table[d * n + d] !== table[e * n + e]) return false
  for (let x = 0; x < n; x += 1)
    if (x !== d && x !== e && (table[d * n + x] !== table[e * n + x] || table[x * n + d] !== table[x * n + e]))
      return false
  return true
}
