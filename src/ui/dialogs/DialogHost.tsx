import { lazy, Suspense, type ReactElement } from 'react'
import type { FileActions } from '../../app/file-actions'
import type { FileDialog } from '../../stores/file-store'
import { DropZone } from './DropZone'
import { FileContext, useFileState } from './file-context'
import { NoticeBar } from './NoticeBar'
import './dialogs.css'

const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog')).ShareDialog }))
const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog')).ExportDialog }))
const OpenDialog = lazy(async () => ({ default: (await import('./OpenDialog')).OpenDialog }))
const GalleryDialog = lazy(async () => ({ default: (await import('./GalleryDialog')).GalleryDialog }))
const VersionsDialog = lazy(async () => ({ default: (await import('./VersionsDialog')).VersionsDialog }))

const CodeDialog = lazy(async () => ({ default: (await import('./CodeDialog')).CodeDialog }))

const dialogs: { readonly [dialog in FileDialog]: ReactElement | null } = {
  none: null,
  share: <ShareDialog />,
  export: <ExportDialog />,
  open: <OpenDialog />,
  gallery: <GalleryDialog />,
  versions: <VersionsDialog />,
  code: <CodeDialog />,
}

/** The dialogs about files and links, the notice across the page, and the whole page as a place to drop files on. */
export function DialogHost({ actions }: { readonly actions: FileActions }) {
  return (
    <FileContext value={actions}>
      <DropZone />
      <NoticeBar />
      <CurrentDialog />
    </FileContext>
  )
}

function CurrentDialog() {
  const dialog = useFileState((state) => state.dialog)
  return <Suspense fallback={null}>{dialogs[dialog]}</Suspense>
}
