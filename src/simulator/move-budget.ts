import type { PolicyUse } from '../scenario/scenario'
import { PS_PER_MS, PS_PER_SECOND } from '../units/time'
import { copyPlain, type Saved } from './engine/plain-state'
import type { Migrations } from './mechanisms/migrations'

/** What a migration policy may still do: moves per second, moves at once, and instances that have been long enough where they are. */
export class MoveBudget {
  private readonly perSecond: number
  private readonly atOnce: number
  private readonly residencePs: number
  /** Moves that may begin, saved up for a second at most, and when that was worked out. */
  private left: number
  private lookedPs = 0
  /** Instances whose held-back move has been told, until one of theirs begins. */
  private told: readonly number[] = []

  constructor(
    policy: PolicyUse,
    private readonly migrations: Migrations,
  ) {
    this.perSecond = Number(policy['budgetPerSecond'] ?? Infinity)
    this.atOnce = Number(policy['maxConcurrent'] ?? Infinity)
    this.residencePs = Number(policy['minResidenceMs'] ?? 0) * PS_PER_MS
    this.left = this.most
  }

  private get most(): number {
    return Math.max(1, this.perSecond)
  }

  /** Whether an instance has been where it is for long enough. */
  maySeeOff(instance: number, now: number): boolean {
    if (this.residencePs === 0) return true
    return !this.migrations.list.some((move) => move.instance === instance && now - move.resume < this.residencePs)
  }

  /** Takes one move; otherwise why not. */
  take(instance: number, now: number): string | null {
    if (this.perSecond < Infinity)
      this.left = Math.min(this.most, this.left + (this.perSecond * (now - this.lookedPs)) / PS_PER_SECOND)
    this.lookedPs = now
    if (this.left < 1) return `the budget of ${this.perSecond} moves per second is used up`
    const running = this.migrations.list.filter(({ outcome }) => outcome === 'running').length
    if (running >= this.atOnce) return `${running} moves go on, the most at once`
    this.left -= 1
    this.told = this.told.filter((other) => other !== instance)
    return null
  }

  /** Whether it is news that an instance's move is held back. */
  isNews(instance: number): boolean {
    if (this.told.includes(instance)) return false
    this.told = [...this.told, instance]
    return true
  }

  save(): Saved {
    return { left: this.left, lookedPs: this.lookedPs, told: copyPlain(this.told) }
  }

  restore(saved: Saved): void {
    this.left = saved['left'] as number
    this.lookedPs = saved['lookedPs'] as number
    this.told = copyPlain(saved['told']) as readonly number[]
  }
}
