import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Page } from '../../app/page'
import type { CatalogState } from '../../stores/catalog-store'
import type { DocumentState } from '../../stores/document-store'
import type { RunState } from '../../stores/run-store'
import type { ViewState } from '../../stores/view-store'

/** The page's shared parts; the composition root provides them. */
export const PageContext = createContext<Page | null>(null)

export function usePage(): Page {
  const page = useContext(PageContext)
  if (page === null) throw new Error('This component stands outside <PageContext>.')
  return page
}

export const useDocument = <T>(select: (state: DocumentState) => T): T => useStore(usePage().documents, select)
export const useView = <T>(select: (state: ViewState) => T): T => useStore(usePage().view, select)
export const useCatalog = <T>(select: (state: CatalogState) => T): T => useStore(usePage().catalog, select)
export const useRun = <T>(select: (state: RunState) => T): T => useStore(usePage().session.runStore, select)
