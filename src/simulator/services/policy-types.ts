/** What the services need of a load-balancing policy; the policies' own contract is the same. */
export interface LoadBalancingChoice {
  choose(view: {
    readonly instances: number
    readonly last: number
    usable(instance: number): boolean
    outstanding(instance: number): number
    leastLoaded(start: number): number
  }): number
}
