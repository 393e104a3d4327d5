import type { LoadBalancingChoice } from './policy-types'
import type { Instances } from './instances'

/** Asks the load-balancing policy for an instance of a service. */
export class LoadBalancer {
  private service = 0
  private readonly view = {
    instances: 0,
    last: -1,
    usable: (instance: number): boolean => this.instances.usable(this.base() + instance),
    outstanding: (instance: number): number => this.instances.assigned[this.base() + instance],
    leastLoaded: (start: number): number => this.instances.leastLoaded(this.service, start),
  }

  constructor(
    private readonly instances: Instances,
    private readonly policy: LoadBalancingChoice,
  ) {}

  private base(): number {
    return this.instances.first[this.service]
  }

  /** An instance; -1 where none is usable. */
  choose(service: number): number {
    const { instances, view } = this
    this.service = service
    view.instances = instances.services[service].slots
    view.last = instances.turn[service]!
    const chosen = this.policy.choose(view)
    if (chosen < 0) return -1
    instances.turn[service] = chosen
    return this.base() + chosen
  }
}
