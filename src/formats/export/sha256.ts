/**
 * SHA-256 (FIPS 180-4) as a plain function, so that every engine gives a digest: page, command line and bare shells
 * that have neither `crypto` nor `TextEncoder`.
 */
export function sha256Hex(text: string): string {
  const message = padded(utf8(text))
  const state = Uint32Array.from(INITIAL)
  const schedule = new Uint32Array(64)
  for (let offset = 0; offset < message.length; offset += 64) mixBlock(state, schedule, message, offset)
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** First 32 bits of the fractions of the square roots of the first 8 primes (FIPS 180-4, 5.3.3). */
const INITIAL = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const

/** First 32 bits of the fractions of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const ROUND = Uint32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])

/** The names a…h, t1, t2, Σ, σ, Ch and Maj of the standard (6.2.2) are kept. */
function mixBlock(state: Uint32Array, w: Uint32Array, message: Uint8Array, offset: number): void {
  fillSchedule(w, message, offset)
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let t = 0; t < 64; t += 1) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const ch = (e & f) ^ (~e & g)
    const t1 = (h + sum1 + ch + (ROUND[t] ?? 0) + (w[t] ?? 0)) | 0
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const maj = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + sum0 + maj) | 0
  }
  const mixed = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i += 1) state[i] = (state[i] ?? 0) + (mixed[i] ?? 0)
}

function fillSchedule(w: Uint32Array, message: Uint8Array, offset: number): void {
  const bytes = new DataView(message.buffer, message.byteOffset + offset, 64)
  for (let t = 0; t < 16; t += 1) w[t] = bytes.getUint32(t * 4)
  for (let t = 16; t < 64; t += 1) {
    const early = w[t - 15] ?? 0
    const late = w[t - 2] ?? 0
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    w[t] = (w[t - 16] ?? 0) + sigma0 + (w[t - 7] ?? 0) + sigma1
  }
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/** The message, a 1 bit, zeros, and its length in bits as 64-bit number (5.1.1). */
function padded(bytes: Uint8Array): Uint8Array {
  const message = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  message.set(bytes)
  message[bytes.length] = 0x80
  const end = new DataView(message.buffer, message.length - 8)
  end.setUint32(0, Math.floor(bytes.length / 0x20000000))
  end.setUint32(4, bytes.length << 3)
  return message
}

/** UTF-8; half a surrogate pair becomes U+FFFD, as `TextEncoder` has it. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    length = writePoint(bytes, length, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
  }
  return bytes.subarray(0, length)
}

function writePoint(bytes: Uint8Array, at: number, point: number): number {
  const tail = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
  const lead = [0, 0xc0, 0xe0, 0xf0][tail] ?? 0
  bytes[at] = lead | (point >> (6 * tail))
  for (let i = 1; i <= tail; i += 1) bytes[at + i] = 0x80 | ((point >> (6 * (tail - i))) & 0x3f)
  return at + tail + 1
}
