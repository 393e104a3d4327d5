import type { FieldInfo } from '../../../scenario/catalog'

/** Decides how many replicas a service has. */
export interface ScalingPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
}
