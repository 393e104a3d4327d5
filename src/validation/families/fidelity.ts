import { fidelityMap } from '../cases/fidelity-map'
import type { ValidationCase } from '../validation-case'

/** Cases of the fidelities. */
export const cases: readonly ValidationCase[] = [fidelityMap]
