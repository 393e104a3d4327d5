export function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Whether what is typed or pasted belongs to a text field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** Whether a pasted text can be meant to be opened: a link to a scenario, a whole scenario, or traces. */
export function looksOpenable(text: string): boolean {
  const trimmed = text.trim()
  if (/^(?:https?:|file:|#\/)\S*[?&]s=\S+$/.test(trimmed)) return true
  return /^[[{]/.test(trimmed) && /"unrack-scenario"|"traceID"/.test(trimmed)
}

/** All files of a drop, those in folders too; their paths go into their names, so that messages say where. */
export async function droppedFiles(event: DragEvent): Promise<readonly File[]> {
  const items = [...(event.dataTransfer?.items ?? [])]
  // Entries are only there while the event is handled: take them all before waiting for any.
  const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return [...(event.dataTransfer?.files ?? [])]
  const found = await Promise.all(entries.map(filesIn))
  return found.flat()
}

async function filesIn(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isFile(entry)) return [await named(entry)]
  if (!isFolder(entry)) return []
  const reader = entry.createReader()
  const files: File[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return files
    files.push(...(await Promise.all(some.map(filesIn))).flat())
  }
}

async function named(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => {
    entry.file(resolve, reject)
  })
  const path = entry.fullPath.replace(/^\//, '')
  return path === file.name ? file : new File([file], path, { type: file.type })
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
