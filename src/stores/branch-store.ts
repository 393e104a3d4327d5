import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BranchResult } from '../simulator/result'
import type { RunState } from './run-store'

/** A second course of the run on the page, from one moment on. */
export interface BranchState {
  readonly status: 'none' | 'running' | 'done' | 'failed'
  /** Why it failed; '' otherwise. */
  readonly message: string
  /** 0..1 */
  readonly share: number
  readonly atPs: number
  /** What is changed, in a few words: "migration never". */
  readonly words: string
  readonly result: BranchResult | null
  /** What the views show of either course; null until the branch is done. */
  readonly a: RunState | null
  readonly b: RunState | null
}

export type BranchStore = StoreApi<BranchState>

export const noBranch: BranchState = {
  status: 'none',
  message: '',
  share: 0,
  atPs: 0,
  words: '',
  result: null,
  a: null,
  b: null,
}

export function createBranchStore(): BranchStore {
  return createStore<BranchState>(() => noBranch)
}
