declare const unit: unique symbol

/** An amount of data: a whole number of bytes. */
export type Bytes = number & { readonly [unit]: 'B' }

export const KIB = 1024
export const MIB = 1048576
export const GIB = 1073741824

/** @throws RangeError unless it is a whole number of 0 or more, below 2^53 */
export function bytes(n: number): Bytes {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`bytes are a whole number of 0 or more; got ${n}`)
  return n as Bytes
}

/** That many KiB, to the nearest byte. */
export function kibibytes(n: number): Bytes {
  return bytes(Math.floor(n * KIB + 0.5))
}

/** That many MiB, to the nearest byte. */
export function mebibytes(n: number): Bytes {
  return bytes(Math.floor(n * MIB + 0.5))
}

/** That many GiB, to the nearest byte. */
export function gibibytes(n: number): Bytes {
  return bytes(Math.floor(n * GIB + 0.5))
}
