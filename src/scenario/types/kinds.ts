export type DeviceKind = 'cpu' | 'memory' | 'gpu' | 'nic'
export type NodeKind = DeviceKind | 'switch'
export type Protocol = 'cxl' | 'rdma' | 'ethernet' | 'pcie' | 'nvlink' | 'ideal'
export type Access = 'loadstore' | 'paging'
export type Fidelity = 'line' | 'burst' | 'fluid'
/** A random quantity; its unit is that of the field it stands in. */
export type Distribution =
  | { readonly dist: 'constant'; readonly value: number }
  | { readonly dist: 'uniform'; readonly min: number; readonly max: number }
  | { readonly dist: 'exponential'; readonly mean: number }
  | { readonly dist: 'erlang'; readonly k: number; readonly mean: number }
  | { readonly dist: 'hyperexponential'; readonly probabilities: readonly number[]; readonly means: readonly number[] }
  | { readonly dist: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly dist: 'pareto'; readonly shape: number; readonly min: number; readonly max: number }
  | { readonly dist: 'empirical'; readonly values: readonly number[]; readonly weights?: readonly number[] }

export interface DeviceRef {
  readonly node: string
  readonly device: number
}

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
