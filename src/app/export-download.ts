/** Hands a file to whoever sits before the page, under a name, by the browser's own download. */
export function downloadBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  // The download has its own hold on the blob once it began.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 60_000)
}

export function downloadText(name: string, text: string): void {
  const type = name.endsWith('.json') ? 'application/json' : 'text/csv;charset=utf-8'
  downloadBlob(name, new Blob([text], { type }))
}
