import type { FieldInfo } from '../../../scenario/catalog'

/** Decides what becomes of the instances of a failed device. */
export interface RecoveryPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
}
