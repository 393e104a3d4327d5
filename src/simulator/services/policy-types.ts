/** What the services need of a load-balancing policy; the policies' own contract is the same. */
export interface LoadBalancingChoice {
  choose(view: {
    readonly instances: number
    readonly last: number
    usable(instance: number): boolean
    outstanding(instance: number): number
    leastLoaded(start: number): number
    distance(instance: number): number
    power(instance: number): number
    draw(index: number): number
    credit(instance: number): number
    keepCredit(instance: number, credit: number): void
  }): number
}
