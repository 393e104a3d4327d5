import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { FileActions } from '../../app/file-actions'
import type { FileState } from '../../stores/file-store'

/** What the dialogs about files and links can do. */
export const FileContext = createContext<FileActions | null>(null)

export function useFiles(): FileActions {
  const actions = useContext(FileContext)
  if (actions === null) throw new Error('This component stands outside <DialogHost>.')
  return actions
}

/** Marks what has the keyboard when its dialog opens: native dialogs look for the attribute, which React does not write. */
export function takesFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '')
}

export const useFileState = <T>(select: (state: FileState) => T): T => useStore(useFiles().files, select)
