import type { Distribution } from './kinds'
import type { Attempts } from './application'

export type Arrivals =
  | { readonly process: 'constant'; readonly ratePerSecond: number }
  | { readonly process: 'poisson'; readonly ratePerSecond: number }
  | {
      readonly process: 'mmpp'
      readonly states: readonly { readonly ratePerSecond: number; readonly meanSeconds: number }[]
    }
  | { readonly process: 'trace'; readonly timesSeconds: readonly number[] }
  | { readonly process: 'rates'; readonly bucketSeconds: number; readonly ratesPerSecond: readonly number[] }
  | { readonly process: 'closed'; readonly users: number; readonly thinkTimeNs: Distribution }

export interface Source {
  readonly id: string
  readonly label?: string
  /** `service.operation`. */
  readonly entry: string
  /** NIC pool; null: no NIC, no network, no RPC charge. */
  readonly via: string | null
  readonly requestBytes: number
  readonly responseBytes: number
  /** Name of its random stream; its id unless given. */
  readonly stream: string
  /** Left out: it is asked but once, and waits for ever. */
  readonly attempts?: Attempts
  readonly arrivals: Arrivals
}
