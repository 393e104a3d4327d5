import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Catalog } from '../scenario/catalog'

/** What exists: hardware fields, presets, policies. Asked of the worker once. */
export interface CatalogState {
  /** null until the worker has answered. */
  readonly catalog: Catalog | null
  /** Why it could not be had; '' otherwise. */
  readonly message: string
}

export type CatalogStore = StoreApi<CatalogState>

export function createCatalogStore(): CatalogStore {
  return createStore<CatalogState>(() => ({ catalog: null, message: '' }))
}
