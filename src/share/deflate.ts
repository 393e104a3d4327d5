/** Raw deflate (RFC 1951) by the browser's own streams, which Node has too. */

/** What came out: all of it; more than was allowed; or nothing, as the input is no deflate stream. */
export type Inflated =
  | { readonly kind: 'inflated'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken' }

export async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Stops as soon as more than `limit` bytes have come out, so that a small bomb never becomes a large one. */
export async function inflated(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Inflated> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = stream.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { kind: 'inflated', bytes: joined(chunks, length) }
      length += value.length
      if (length > limit) return await stopped(reader)
      chunks.push(value)
    }
  } catch {
    return { kind: 'broken' }
  }
}

async function stopped(reader: ReadableStreamDefaultReader<unknown>): Promise<Inflated> {
  // Cancelling a stream that is being fed may reject; nobody waits for the rest.
  await reader.cancel().catch(() => undefined)
  return { kind: 'too-large' }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
