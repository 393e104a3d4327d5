/**
 * How long it takes to put bytes on a wire, rounded half up to whole picoseconds.
 *
 * @param bytes 0 or more
 * @param gigabitsPerSecond above 0; Infinity for a wire that takes no time
 * @returns whole ps
 */
export function serializationPs(bytes: number, gigabitsPerSecond: number): number {
  return Math.floor((bytes * 8000) / gigabitsPerSecond + 0.5)
}

/**
 * How long it takes to move bytes through a memory or a copy engine, rounded half up to whole picoseconds.
 *
 * @param bytes 0 or more
 * @param gigabytesPerSecond above 0, in 10^9 bytes a second
 * @returns whole ps
 */
export function transferPs(bytes: number, gigabytesPerSecond: number): number {
  return Math.floor((bytes * 1000) / gigabytesPerSecond + 0.5)
}
