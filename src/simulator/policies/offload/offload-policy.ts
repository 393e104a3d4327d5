import type { FieldInfo } from '../../../scenario/catalog'

/** Decides before the run which compute steps run on which pool. */
export interface OffloadPolicy {
  readonly name: string
  readonly summary: string
  /** Its fields in a scenario, beside `use`. */
  readonly parameters: readonly FieldInfo[]
  /**
   * @param operation `svc.op`
   * @param path where the step stands: `/0`, within `parallel` and `choose` `/1.0/2` for step 2 of branch 0 of step 1
   * @returns id of the pool that the step runs on; null: where its instance is
   */
  target(operation: string, path: string, parameters: { readonly [name: string]: unknown }): string | null
}
