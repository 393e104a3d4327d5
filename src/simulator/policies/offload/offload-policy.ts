/** Decides before the run which compute steps run on which pool. */
export interface OffloadPolicy {
  readonly name: string
  readonly summary: string
  /**
   * @param operation `svc.op`
   * @param step index of a top-level step
   * @returns id of the pool that the step runs on; null: where its instance is
   */
  target(operation: string, step: number, parameters: { readonly [name: string]: unknown }): string | null
}
