import { philoxInScript, type Philox } from './philox'
import { philoxModule } from './philox-module'

const TWO_32 = 4294967296

/** The generator of all streams of this thread, made when the first of them is. */
let shared: Philox | null = null

/**
 * Random numbers by address: what is drawn depends on (seed, name of the stream, counter) and on nothing that was drawn
 * before, so no draw disturbs another and there is no state to save.
 *
 * The name and the seed are hashed to the 64-bit key of a Philox4x32-10 generator; the counter is its 128-bit counter.
 */
export class RandomStreams {
  /** The four words that `block` or a draw made last, of any streams. */
  readonly out: Uint32Array
  private readonly philox: Philox
  private readonly seed: number
  private readonly handles = new Map<string, number>()
  /** Two words per handle. */
  private keys = new Int32Array(64)

  /** @throws RangeError unless the seed is a whole number from 0 to 2^53 − 1 */
  constructor(seed: number) {
    checkSeed(seed)
    this.seed = seed
    shared ??= philoxModule() ?? philoxInScript()
    this.philox = shared
    this.out = shared.out
  }

  /** The handle of a stream, a small integer: the same name always has the same one. */
  key(name: string): number {
    const known = this.handles.get(name)
    if (known !== undefined) return known
    const handle = this.handles.size
    if (2 * handle === this.keys.length) {
      const larger = new Int32Array(this.keys.length * 2)
      larger.set(this.keys)
      this.keys = larger
    }
    writeKey(this.keys, 2 * handle, this.seed, name)
    this.handles.set(name, handle)
    return handle
  }

  /** Fills `out` with the block at counter (c0, c1, c2, c3), 32-bit integers, of the stream `key`. */
  block(key: number, c0: number, c1: number, c2: number, c3: number): void {
    this.philox.draw(this.keys[2 * key], this.keys[2 * key + 1], c0, c1, c2, c3)
  }

  /** A number above 0 and below 1, uniform over the 2^52 odd multiples of 2^-53; from `out[0]` and `out[1]`. */
  uniform(key: number, c0: number, c1: number, c2: number, c3: number): number {
    return this.philox.draw(this.keys[2 * key], this.keys[2 * key + 1], c0, c1, c2, c3)
  }
}

/**
 * The seed of a replication: the seed itself for replication 0, a hash of both for the others.
 *
 * @returns a whole number from 0 to 2^53 − 1
 * @throws RangeError unless seed and replication are whole numbers from 0 to 2^53 − 1
 */
export function deriveSeed(seed: number, replication: number): number {
  checkSeed(seed)
  checkSeed(replication)
  if (replication === 0) return seed
  const key = new Int32Array(2)
  writeKey(key, 0, seed, `replication ${replication}`)
  return (key[0] >>> 11) * TWO_32 + (key[1] >>> 0)
}

/**
 * Puts the 64-bit key of (seed, name) into two words: two hashes in the manner of MurmurHash3 with different constants,
 * started from the halves of the seed, fed the UTF-16 code units of the name, and mixed with each other at the end.
 */
function writeKey(words: Int32Array, at: number, seed: number, name: string): void {
  let h0 = mix32(seed | 0, 0x2545f491)
  let h1 = mix32(Math.floor(seed / TWO_32) | 0, h0)
  for (let i = 0; i < name.length; i += 1) {
    const unit = name.charCodeAt(i)
    h0 = absorb(h0, unit, 0xcc9e2d51, 0x1b873593)
    h1 = absorb(h1, unit, 0x239b961b, 0xab0e9789)
  }
  h0 = finish(h0 ^ name.length)
  h1 = finish(h1 ^ h0)
  words[at] = finish((h0 + h1) | 0)
  words[at + 1] = h1
}

/** A 32-bit hash of the UTF-16 code units of a text, as a signed integer. */
export function hashString32(text: string): number {
  let hash = 0x9747b28c | 0
  for (let i = 0; i < text.length; i += 1) hash = absorb(hash, text.charCodeAt(i), 0xcc9e2d51, 0x1b873593)
  return finish(hash ^ text.length)
}

/** Two 32-bit integers made into one, well mixed and not symmetric; a signed integer. */
export function mix32(a: number, b: number): number {
  return finish(absorb(absorb(0x3c6ef372, a, 0xcc9e2d51, 0x1b873593), b, 0xcc9e2d51, 0x1b873593))
}

/** One step of MurmurHash3 (A. Appleby, public domain). */
function absorb(hash: number, word: number, first: number, second: number): number {
  const k = Math.imul(word, first)
  const mixed = hash ^ Math.imul((k << 15) | (k >>> 17), second)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

/** The finalizer of MurmurHash3, which lets every bit reach every other. */
function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

/**
 * Seeds a small sequential generator, for many draws within one step, from a block of random words.
 *
 * @param state four words, all of them overwritten
 * @param out four random words; 128 random bits need no warming up
 */
export function seedSmall(state: Int32Array, out: Uint32Array): void {
  for (let i = 0; i < 4; i += 1) state[i] = out[i]
}

/** The next of a small generator, from 0 to 2^32 − 1: sfc32 (C. Doty-Humphrey, PractRand). */
export function nextUniform32(state: Int32Array): number {
  const b = state[1]
  const c = state[2]
  const counter = state[3]
  const next = (state[0] + b + counter) | 0
  state[0] = b ^ (b >>> 9)
  state[1] = (c + (c << 3)) | 0
  state[2] = (((c << 21) | (c >>> 11)) + next) | 0
  state[3] = (counter + 1) | 0
  return next >>> 0
}

function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return
  throw new RangeError(`a seed is a whole number from 0 to 2^53 − 1; got ${seed}`)
}
