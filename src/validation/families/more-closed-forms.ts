import { availability } from '../cases/decisions/availability'
import { keepAlive } from '../cases/decisions/keep-alive'
import { energy } from '../cases/energy'
import { littlesLaw } from '../cases/littles-law'
import { farTier, interleaving } from '../cases/memory-tiers'
import type { ValidationCase } from '../validation-case'

/** Closed forms of what is not a queue, from B18 on, in the order in which they are told. */
export const cases: readonly ValidationCase[] = [farTier, interleaving, littlesLaw, keepAlive, availability, energy]
