import { capture, reinstate, type Saved } from '../engine/plain-state'
import { LINE_BYTES, PAGE_BYTES } from '../hardware/memory'
import { hitRatio } from './locality'
import type { Instances, ServiceSpec } from './instances'

/** Hit ratios are rounded to so many levels while a cache warms, so that few tables of windows are made. */
const LEVELS = 128
/** Points of a tabulated curve; they stand at (k / POINTS)^4, as popularity falls off steeply. */
const POINTS = 64

/**
 * Local memory as a cache of far memory that starts anew on another host: what misses bring in, a line or a page each,
 * stays, until as much is there as before. What is there counts as the most popular part, as everywhere in the model.
 */
export class Warmth {
  /** Bytes there so far; an entry per instance. */
  warm: Float64Array
  private readonly curves = new Map<ServiceSpec, Float64Array>()

  constructor(private readonly instances: Instances) {
    this.warm = new Float64Array(instances.count)
  }

  /** An instance goes on with only so many bytes in its local memory. */
  begin(instance: number, bytes: number): void {
    this.warm[instance] = bytes
    this.instances.cold[instance] = 1
    this.look(instance)
  }

  /** Misses have brought in lines or pages. */
  add(instance: number, lines: number, pages: number): void {
    this.warm[instance] += lines * LINE_BYTES + pages * PAGE_BYTES
    this.look(instance)
  }

  private look(instance: number): void {
    const { instances } = this
    const spec = instances.spec(instance)
    const isWarm = this.warm[instance] >= instances.localBytes[instance]
    instances.cold[instance] = isWarm ? 0 : 1
    const hit = isWarm
      ? 1
      : Math.round(this.hit(spec, this.warm[instance] / instances.footprint[instances.service[instance]]) * LEVELS) /
        LEVELS
    instances.remoteShare[instance] = Math.max(instances.warmShare[instance], 1 - hit)
  }

  /** Hit ratio with a share of the footprint local. */
  private hit(spec: ServiceSpec, share: number): number {
    if (spec.locality.model !== 'zipf') return hitRatio(spec.locality, share, spec.footprintBytes)
    const curve = this.curveOf(spec)
    const at = Math.min(1, Math.sqrt(Math.sqrt(share))) * POINTS
    const point = Math.min(POINTS - 1, Math.floor(at))
    return curve[point] + (at - point) * (curve[point + 1] - curve[point])
  }

  private curveOf(spec: ServiceSpec): Float64Array {
    let curve = this.curves.get(spec)
    if (curve === undefined) {
      curve = Float64Array.from({ length: POINTS + 1 }, (_, k) => {
        const root = (k / POINTS) * (k / POINTS)
        return hitRatio(spec.locality, root * root, spec.footprintBytes)
      })
      this.curves.set(spec, curve)
    }
    return curve
  }

  save(): Saved {
    return capture(this, ['warm'])
  }

  restore(saved: Saved): void {
    reinstate(this, ['warm'], saved)
  }
}
