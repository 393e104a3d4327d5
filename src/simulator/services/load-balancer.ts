import { mix32 } from '../engine/random'
import { Distances } from './distances'
import type { Machine } from './machine'
import type { LoadBalancingPolicy } from '../policies/load-balancing/load-balancing-policy'

/** Asks the load-balancing policy for an instance of a service. */
export class LoadBalancer {
  private service = 0
  /** What the instance is for, and the device that asks; -1: none. */
  private execution = -1
  private from = -1
  private distances: Distances | null = null
  private readonly stream: number
  private readonly view = {
    instances: 0,
    last: -1,
    usable: (instance: number): boolean => this.machine.instances.usable(this.base() + instance),
    outstanding: (instance: number): number => this.machine.instances.assigned[this.base() + instance],
    leastLoaded: (start: number): number => this.machine.instances.leastLoaded(this.service, start),
    distance: (instance: number): number => this.distance(this.machine.instances.device[this.base() + instance]),
    power: (instance: number): number => this.power(this.machine.instances.device[this.base() + instance]),
    draw: (index: number): number => this.draw(index),
    credit: (instance: number): number => this.machine.instances.credit[this.base() + instance],
    keepCredit: (instance: number, credit: number): void => {
      this.machine.instances.credit[this.base() + instance] = credit
    },
  }

  constructor(
    private readonly machine: Machine,
    private readonly policy: Pick<LoadBalancingPolicy, 'choose'>,
  ) {
    this.stream = machine.streams.key('load balancing')
  }

  private base(): number {
    return this.machine.instances.first[this.service]
  }

  private distance(device: number): number {
    if (this.from < 0) return 0
    this.distances ??= new Distances(this.machine)
    return this.distances.seconds(this.from, device, 64)
  }

  private power(device: number): number {
    const { gpus, cores } = this.machine
    return gpus.devices[device]?.streams ?? cores.speed[device] * cores.count[device]
  }

  /** By request and by the steps that led to the call, so that no policy's choice shifts any draw. */
  private draw(index: number): number {
    const { executions, measures, streams } = this.machine
    const { execution } = this
    return streams.uniform(
      this.stream,
      executions.request[execution],
      measures.sourceHash[executions.source[execution]],
      mix32(executions.lineage[execution], executions.operation[execution]),
      index,
    )
  }

  /**
   * An instance; -1 where none is usable.
   *
   * @param execution that it is for
   * @param from device that asks; -1: none
   */
  choose(service: number, execution: number, from: number): number {
    const { view } = this
    const { instances } = this.machine
    this.service = service
    this.execution = execution
    this.from = from
    view.instances = instances.services[service].slots
    view.last = instances.turn[service]!
    const chosen = this.policy.choose(view)
    if (chosen < 0) return -1
    instances.turn[service] = chosen
    return this.base() + chosen
  }
}
