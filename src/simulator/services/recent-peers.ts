import { capture, reinstate, type Saved } from '../engine/plain-state'

/** Requests between an instance and one other since somebody looked last. */
export interface Exchanged {
  /** The other; -1: a client, at a NIC or elsewhere. */
  readonly instance: number
  /** Where the client is; -1: the other is an instance. */
  readonly device: number
  readonly requests: number
}

/** With whom each instance has exchanged requests since somebody looked last: instances, and clients by their device. */
export class RecentPeers {
  /** By instance: first other instances, then devices. */
  requests: Float64Array
  private readonly width: number

  constructor(
    private readonly instances: number,
    devices: number,
  ) {
    this.width = instances + devices
    this.requests = new Float64Array(instances * this.width)
  }

  /** One instance has asked another. */
  called(asker: number, asked: number): void {
    this.requests[asker * this.width + asked] += 1
    this.requests[asked * this.width + asker] += 1
  }

  /** A request from a client on a device. */
  asked(instance: number, device: number): void {
    this.requests[instance * this.width + this.instances + device] += 1
  }

  of(instance: number): Exchanged[] {
    const found: Exchanged[] = []
    for (let i = 0; i < this.width; i += 1) {
      const requests = this.requests[instance * this.width + i]
      const isClient = i >= this.instances
      if (requests > 0)
        found.push({ instance: isClient ? -1 : i, device: isClient ? i - this.instances : -1, requests })
    }
    return found
  }

  /** What was seen is forgotten. */
  clear(): void {
    this.requests.fill(0)
  }

  save(): Saved {
    return capture(this, ['requests'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['requests'], saved)
  }
}
