import type { PlacementCosts } from './placement-costs'

/** Adds what one instance there means to each device's value. */
type Between = (service: number, device: number, otherService: number, other: number) => number

/** Per service what stands means for one more of its instances on each device: a row is brought up to date when it is asked for. */
class Rows {
  private readonly rows: (Float64Array | undefined)[] = []
  /** Of what concerns each service, so much is in its row. */
  private readonly done: Int32Array
  private readonly each: Float64Array

  constructor(
    private readonly costs: PlacementCosts,
    private readonly between: Between,
  ) {
    this.done = new Int32Array(costs.services)
    this.each = new Float64Array(costs.distances.alike.count)
  }

  /** @param concerns service and device of each instance that stands and that it exchanges messages with, one after another */
  of(service: number, concerns: readonly number[]): Float64Array {
    const row = (this.rows[service] ??= new Float64Array(this.costs.devices))
    for (let i = this.done[service]; i < concerns.length; i += 2) this.add(row, service, concerns[i], concerns[i + 1])
    this.done[service] = concerns.length
    return row
  }

  private add(row: Float64Array, service: number, otherService: number, other: number): void {
    const { of } = this.costs.distances.alike
    const { each } = this
    each.fill(NaN)
    for (let at = 0; at < row.length; at += 1) {
      if (at === other) continue
      if (Number.isNaN(each[of[at]])) each[of[at]] = this.between(service, at, otherService, other)
      row[at] += each[of[at]]
    }
  }
}

/** What stands where, at first nothing, and what that means for one more instance. */
export class Standing {
  /** Cores (or streams) kept busy, per device. */
  readonly loads: Float64Array
  private readonly concerns: number[][]
  private readonly nearRows: Rows
  private readonly bytesRows: Rows

  constructor(private readonly costs: PlacementCosts) {
    this.loads = new Float64Array(costs.devices)
    this.concerns = Array.from({ length: costs.services }, () => [])
    this.nearRows = new Rows(costs, (service, at, other, there) => costs.pair(service, at, other, there))
    this.bytesRows = new Rows(costs, (service, at, other, there) => costs.bytesBetween(service, at, other, there))
  }

  /** An instance of a service stands on a device now. */
  stand(service: number, device: number): void {
    this.loads[device] += this.costs.demands.load(service, device)
    for (const other of this.costs.neighbors(service)) this.concerns[other].push(service, device)
  }

  /** Messages under way between an instance of the service on each device and all that stands. */
  near(service: number): Float64Array {
    return this.nearRows.of(service, this.concerns[service])
  }

  /** Bytes times distance under way between the same. */
  bytes(service: number): Float64Array {
    return this.bytesRows.of(service, this.concerns[service])
  }
}
