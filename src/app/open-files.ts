import type { TextInput } from './open-text'

/** Most text of one file, in bytes once unpacked. */
const MOST_BYTES = 256 * 1024 * 1024

/** The text of a file, unpacked where it is gzip. @throws Error in words for people where it cannot be read */
export async function fileText(file: File): Promise<TextInput> {
  const name = pathOf(file)
  const isPacked = await beginsAsGzip(file)
  const stream: ReadableStream<Uint8Array> = isPacked
    ? file.stream().pipeThrough(new DecompressionStream('gzip'))
    : file.stream()
  return { name, text: await textOf(stream, name) }
}

/** Files worth reading from a folder: JSON, packed or not, in the order of their paths. */
export function readableFiles(files: readonly File[]): readonly File[] {
  if (files.length <= 1) return files
  return files.filter((file) => /\.json(?:\.gz)?$/i.test(file.name)).sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
}

/** With its folders where it came with any. */
function pathOf(file: File): string {
  return file.webkitRelativePath || file.name
}

async function beginsAsGzip(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}

async function textOf(stream: ReadableStream<Uint8Array>, name: string): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text + decoder.decode()
      length += value.length
      if (length > MOST_BYTES) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    throw new Error(`${name}: found bytes that are no text, expected JSON, or JSON packed by gzip`)
  }
  await reader.cancel()
  throw new Error(`${name}: found more than 256 MiB of text`)
}
