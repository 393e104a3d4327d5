import { MULTIPLIER_0, MULTIPLIER_1, WEYL_0, WEYL_1, type Philox } from './philox'

// Types and opcodes of WebAssembly 1.0 (https://www.w3.org/TR/wasm-core-1/, chapter 5).
const I32 = 0x7f
const I64 = 0x7e
const F64 = 0x7c
const LOOP = 0x03
const NO_RESULT = 0x40
const END = 0x0b
const BRANCH_IF = 0x0d
const GET = 0x20
const SET = 0x21
const TEE = 0x22
const I32_STORE = 0x36
const I32_CONST = 0x41
const I64_CONST = 0x42
const F64_CONST = 0x44
const I32_ADD = 0x6a
const I32_XOR = 0x73
const I32_SHR_U = 0x76
const I64_MUL = 0x7e
const I64_OR = 0x84
const I64_SHL = 0x86
const I64_SHR_U = 0x88
const F64_ADD = 0xa0
const F64_MUL = 0xa2
const I32_WRAP_I64 = 0xa7
const I64_EXTEND_I32_U = 0xad
const F64_CONVERT_I64_U = 0xba

// The function's parameters, and its locals behind them.
const K0 = 0
const K1 = 1
const X0 = 2
const X1 = 3
const X2 = 4
const X3 = 5
const ROUNDS = 6
const P0 = 7
const P1 = 8

/** A whole number in signed LEB128, seven bits a byte. */
function whole(value: number): number[] {
  const low = value & 0x7f
  const rest = Math.floor(value / 128)
  return rest === (low & 0x40 ? -1 : 0) ? [low] : [low | 0x80, ...whole(rest)]
}

const double = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)]
/** The whole product of a word and a multiplier. */
const product = (x: number, multiplier: number): number[] =>
  [GET, x, I64_EXTEND_I32_U, I64_CONST, whole(multiplier >>> 0), I64_MUL].flat()
/** The upper half of a product, a word and a word of the key, by exclusive or. */
const mixed = (p: number, x: number, key: number): number[] =>
  [
    [GET, p, I64_CONST, 32, I64_SHR_U, I32_WRAP_I64],
    [GET, x, I32_XOR],
    [GET, key, I32_XOR],
  ].flat()
const sum = (local: number, by: number): number[] => [GET, local, I32_CONST, whole(by), I32_ADD].flat()
const keep = (word: number, x: number): number[] => [I32_CONST, 4 * word, GET, x, I32_STORE, 2, 0]

/** `draw`: see Philox. */
const body = [
  [2, 1, I32, 2, I64], // locals: a word, two products
  [I32_CONST, 10, SET, ROUNDS, LOOP, NO_RESULT],
  [...product(X0, MULTIPLIER_0), SET, P0, ...product(X2, MULTIPLIER_1), SET, P1],
  [...mixed(P1, X1, K0), SET, X0, GET, P1, I32_WRAP_I64, SET, X1],
  [...mixed(P0, X3, K1), SET, X2, GET, P0, I32_WRAP_I64, SET, X3],
  [...sum(K0, WEYL_0), SET, K0, ...sum(K1, WEYL_1), SET, K1],
  [...sum(ROUNDS, -1), TEE, ROUNDS, BRANCH_IF, 0, END],
  [...keep(0, X0), ...keep(1, X1), ...keep(2, X2), ...keep(3, X3)],
  [GET, X0, I64_EXTEND_I32_U, I64_CONST, 20, I64_SHL],
  [GET, X1, I32_CONST, 12, I32_SHR_U, I64_EXTEND_I32_U, I64_OR],
  [F64_CONVERT_I64_U, F64_CONST, ...double(0.5), F64_ADD, F64_CONST, ...double(2.220446049250313e-16), F64_MUL, END],
].flat()

const name = (text: string): number[] => [text.length, ...Array.from(text, (letter) => letter.charCodeAt(0))]
/** Bytes with their number before them, from 128 to 16,383. */
const long = (content: readonly number[]): number[] => [(content.length & 0x7f) | 0x80, content.length >> 7, ...content]

const code = [
  [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
  [1, 11, 1, 0x60, 6, I32, I32, I32, I32, I32, I32, 1, F64], // its type
  [3, 2, 1, 0], // one function
  [5, 3, 1, 0, 1], // a page of memory
  [7, 14, 2, ...name('out'), 2, 0, ...name('draw'), 0, 0], // exports
  [10, ...long([1, ...long(body)])],
].flat()

interface Exports {
  readonly out: { readonly buffer: ArrayBuffer }
  readonly draw: Philox['draw']
}
/** As much of WebAssembly as is used here: the core is built without the types of any host. */
declare const WebAssembly:
  | {
      readonly Module: new (code: Uint8Array) => object
      readonly Instance: new (module: object) => { readonly exports: Exports }
    }
  | undefined

/**
 * Philox as a WebAssembly module of some 250 bytes, put together here so that what it does can be read.
 *
 * @returns null where the host has no WebAssembly, or forbids it, as a content security policy may
 */
export function philoxModule(): Philox | null {
  if (typeof WebAssembly === 'undefined') return null
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(code)))
    return { out: new Uint32Array(exports.out.buffer, 0, 4), draw: exports.draw }
  } catch {
    return null
  }
}
