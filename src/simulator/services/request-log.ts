/** So many requests are noted; the memory of a run stays bounded. */
const MOST_NOTED = 1_000_000

/** Requests from outside in the order in which they ended, one column each: for comparing two runs request by request. */
export class RequestLog {
  count = 0
  /** Names the request: the same in every run of one seed. */
  request = new Float64Array(1024)
  /** When it arrived, ps. */
  arrival = new Float64Array(1024)
  /** ps; NaN for one that failed. */
  latency = new Float64Array(1024)

  note(request: number, arrival: number, latency: number): void {
    if (this.count >= MOST_NOTED) return
    if (this.count === this.request.length) this.grow()
    this.request[this.count] = request
    this.arrival[this.count] = arrival
    this.latency[this.count] = latency
    this.count += 1
  }

  private grow(): void {
    for (const column of ['request', 'arrival', 'latency'] as const) {
      const larger = new Float64Array(2 * this[column].length)
      larger.set(this[column])
      this[column] = larger
    }
  }
}
