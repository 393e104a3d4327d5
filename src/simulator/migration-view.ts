import { PS_PER_MS, PS_PER_US } from '../units/time'
import { copyPlain, type Saved } from './engine/plain-state'
import { mechanisms } from './mechanisms/index'
import type { Migrations } from './mechanisms/migrations'
import { AUTO } from './mechanisms/move-estimates'
import type { MoveBudget } from './move-budget'
import type {
  MigrationDevice,
  MigrationInstance,
  MigrationView,
  MoveOption,
} from './policies/migration/migration-policy'
import { creditRunning } from './services/busy-time'
import { creditStreams } from './services/own-kernels'
import { Distances } from './services/distances'
import type { Machine } from './services/machine'

const MESSAGE_BYTES = 1024

/** Shows the rack to a migration policy, once per control period. */
export class MigrationViews {
  /** Core time of each device, and of each instance, up to the last look, ps. */
  private seen: Float64Array
  private seenOf: Float64Array
  private lookedPs = 0
  private readonly distances: Distances

  constructor(
    private readonly machine: Machine,
    private readonly migrations: Migrations,
    private readonly budget: MoveBudget,
    private readonly mechanism: string,
    private readonly periodPs: number,
    /** Devices that are to be emptied. */
    private readonly leaving: Uint8Array,
  ) {
    this.seen = new Float64Array(machine.devices.names.length)
    this.seenOf = new Float64Array(machine.instances.count)
    this.distances = new Distances(machine)
  }

  /** What is seen next is what comes from now on. */
  takeUp(now: number): void {
    this.lookedPs = now
    this.seen = this.seen.map((_, i) => this.busyPs(i, now))
    creditRunning(this.machine, now)
    creditStreams(this.machine, now)
    this.seenOf = this.seenOf.map((_, i) => this.workedPs(i))
  }

  /** The rack as it is, and what it has done since the last look. */
  view(): MigrationView {
    const { devices, queue } = this.machine
    const now = queue.clock[0]
    const spanPs = now - this.lookedPs
    creditRunning(this.machine, now)
    creditStreams(this.machine, now)
    return {
      timePs: now,
      periodMs: this.periodPs / PS_PER_MS,
      devices: devices.names.map((name, i) => this.device(name, i, now, spanPs)),
      instances: Array.from(this.machine.instances.service, (_, i) => this.instance(i, now, spanPs)),
      roundTripUs: (from, to) => this.roundTripUs(from, to),
    }
  }

  private device(name: string, i: number, now: number, spanPs: number): MigrationDevice {
    const { cores, gpus, local, devices } = this.machine
    const gpu = gpus.devices[i]
    const servers = gpu?.streams ?? cores.count[i]
    return {
      name,
      kind: devices.kinds[i],
      cores: servers,
      utilization: servers === 0 || spanPs === 0 ? 0 : (this.busyPs(i, now) - this.seen[i]) / (servers * spanPs),
      queue: gpu === null ? cores.waiting[i] : gpus.queue.valueOf(i),
      memoryBytes: local.capacityBytes(i),
      freeBytes: local.roomBytes(i),
      slow: gpu === null ? cores.slow[i] : gpus.slow[i],
      leaving: this.leaving[i] > 0,
    }
  }

  /** Core or stream time of a device since the start, ps. */
  private busyPs(device: number, now: number): number {
    const { cores, gpus } = this.machine
    return (gpus.devices[device] === null ? cores.busyCores : gpus.busyStreams).integralAt(device, now)
  }

  /** Core or stream time of an instance since the start, ps, whichever its device has. */
  private workedPs(instance: number): number {
    const { instances, gpus, batches } = this.machine
    const device = instances.device[instance]
    return device >= 0 && gpus.devices[device] !== null ? batches.streamPs[instance] : instances.busyPs[instance]
  }

  private instance(i: number, now: number, spanPs: number): MigrationInstance {
    const { instances, measures } = this.machine
    const movable =
      !instances.spec(i).pinned &&
      instances.device[i] >= 0 &&
      !this.migrations.isMoving(i) &&
      this.budget.maySeeOff(i, now)
    const targets = movable ? this.targets(i) : []
    const { mechanism } = this
    const options = (): MoveOption[] => targets.flatMap((target) => this.options(i, target))
    const first = targets.length > 0 ? this.migrations.estimates.estimateBy(i, targets[0], mechanism) : null
    return {
      name: instances.name(i),
      device: instances.device[i],
      load: spanPs === 0 ? 0 : (this.workedPs(i) - this.seenOf[i]) / spanPs,
      movable,
      targets,
      estimateUs: first === null ? NaN : first.total / PS_PER_US,
      localBytes: instances.localBytes[i],
      requests: instances.assigned[i],
      latenciesUs: measures.recentOf?.of(i) ?? [],
      goesTo: this.migrations.targetOf(i),
      peers: measures.peersOf?.of(i) ?? [],
      readUs: (device) => this.readUs(i, device),
      get options() {
        return options()
      },
    }
  }

  private roundTripUs(from: number, to: number): number {
    const { distances } = this
    if (from < 0 || to < 0) return 0 // one of them is not up
    return (distances.seconds(from, to, MESSAGE_BYTES) + distances.seconds(to, from, MESSAGE_BYTES)) * 1e6
  }

  private readUs(instance: number, device: number): number {
    if (device < 0) return NaN // it is not up
    let [seconds, slabs] = [0, 0]
    for (const lease of this.machine.instances.leases[instance]) {
      seconds += lease.slabs * this.distances.readSeconds(device, lease.device)
      slabs += lease.slabs
    }
    return slabs === 0 ? 0 : (seconds * 1e6) / slabs
  }

  private targets(instance: number): number[] {
    const { cores, devices, gpus } = this.machine
    return [...devices.names.keys()].filter(
      (d) =>
        (cores.count[d] > 0 || gpus.devices[d] !== null) &&
        this.leaving[d] === 0 &&
        this.migrations.refusal(instance, d, this.mechanism) === null,
    )
  }

  private options(instance: number, target: number): MoveOption[] {
    const names = this.mechanism === AUTO ? mechanisms.map(({ name }) => name) : [this.mechanism]
    const used = this.mechanism === AUTO ? this.migrations.estimates.quickest(instance, target) : this.mechanism
    return names
      .filter((mechanism) => this.migrations.refusal(instance, target, mechanism) === null)
      .map((mechanism) => {
        const { total, downtime } = this.migrations.estimates.estimate(instance, target, mechanism)
        return {
          target,
          mechanism,
          totalUs: total / PS_PER_US,
          downtimeUs: downtime / PS_PER_US,
          used: mechanism === used,
        }
      })
  }

  save(): Saved {
    return { seen: this.seen.slice(), seenOf: this.seenOf.slice(), lookedPs: this.lookedPs }
  }

  restore(saved: Saved): void {
    this.seen = copyPlain(saved['seen']) as Float64Array
    this.seenOf = copyPlain(saved['seenOf']) as Float64Array
    this.lookedPs = saved['lookedPs'] as number
  }
}
