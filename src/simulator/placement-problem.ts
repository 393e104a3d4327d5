/** Instances to be put on devices at least cost. Services and devices are counted from 0; tables are service × device. */
export interface PlacementProblem {
  readonly services: number
  readonly devices: number
  /** Instances to place, per service. */
  readonly instances: Int32Array
  /** Local memory of one instance, per service; room, per device. Bytes. */
  readonly bytes: Float64Array
  readonly room: Float64Array
  /** 1 where an instance of the service may stand on the device. */
  readonly allowed: Uint8Array
  /** Cost of an instance there by itself and towards all that stands already. */
  readonly alone: Float64Array
  /** Cost between two instances, 0 or more; called for services in `neighbors` only. */
  pair(service: number, device: number, otherService: number, other: number): number
  readonly neighbors: readonly (readonly number[])[]
  /** Cores that an instance keeps busy there; and that what stands already does, per device. */
  readonly load: Float64Array
  readonly loads: Float64Array
  /** Cost of a load on a device: convex. */
  readonly queue: (device: number, load: number) => number
  /** 1 where something stands already: such a device is like no other. */
  readonly occupied: Uint8Array
}

export interface PlacementPlan {
  /** Devices of the instances to place, per service, in order of the document; null: they do not all fit. */
  readonly places: readonly (readonly number[])[] | null
  /** What they add. */
  readonly cost: number
  /** No placement costs less than this. */
  readonly bound: number
  readonly isProven: boolean
  readonly nodes: number
}
