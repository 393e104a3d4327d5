/** Shells of engines have WebAssembly, but not what turns text into bytes; of UTF-8 this much is asked. */

class Encoder {
  encode(text: string): Uint8Array {
    const bytes: number[] = []
    for (const letter of text) bytes.push(...bytesOf(letter.codePointAt(0)!))
    return new Uint8Array(bytes)
  }
}

function bytesOf(code: number): readonly number[] {
  if (code < 0x80) return [code]
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 63)
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)]
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)]
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)]
}

class Decoder {
  decode(bytes: Uint8Array): string {
    let text = ''
    for (let i = 0; i < bytes.length;) {
      const first = bytes[i]
      const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
      let code = more === 0 ? first : first & (63 >> more)
      for (let k = 1; k <= more; k += 1) code = (code << 6) | (bytes[i + k] & 63)
      i += 1 + more
      text += String.fromCodePoint(code)
    }
    return text
  }
}

const host: { TextEncoder?: unknown; TextDecoder?: unknown } = globalThis
host.TextEncoder ??= Encoder
host.TextDecoder ??= Decoder
