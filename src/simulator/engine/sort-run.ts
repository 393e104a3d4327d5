/** Runs up to this long are sorted by insertion, which beats merging while they fit a few cache lines. */
const SHORT = 24

/**
 * Sorts the first `length` entries of two parallel columns by time, keeping the order of equal times.
 *
 * @param times whole ps, at least `length` of them
 * @param slots event slots, moved along with their times
 */
export function sortRun(times: Float64Array, slots: Int32Array, length: number): void {
  if (length > SHORT && isSorted(times, length)) return // typical: thousands of events on one clock edge
  for (let start = 0; start < length; start += SHORT) {
    insertionSort(times, slots, start, Math.min(start + SHORT, length))
  }
  if (length > SHORT) mergeSortedPieces(times, slots, length)
}

function isSorted(times: Float64Array, length: number): boolean {
  let i = 1
  while (i < length && times[i - 1] <= times[i]) i += 1
  return i === length
}

function insertionSort(times: Float64Array, slots: Int32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i += 1) {
    const t = times[i]
    if (times[i - 1] <= t) continue
    const slot = slots[i]
    let j = i
    do {
      times[j] = times[j - 1]
      slots[j] = slots[j - 1]
      j -= 1
    } while (j > start && times[j - 1] > t)
    times[j] = t
    slots[j] = slot
  }
}

/** Merges sorted pieces of `SHORT` entries, from the bottom up. */
function mergeSortedPieces(times: Float64Array, slots: Int32Array, length: number): void {
  let fromTimes: Float64Array = times.subarray(0, length)
  let fromSlots: Int32Array = slots.subarray(0, length)
  let toTimes: Float64Array = new Float64Array(length)
  let toSlots: Int32Array = new Int32Array(length)
  for (let width = SHORT; width < length; width *= 2) {
    for (let low = 0; low < length; low += 2 * width) {
      const middle = Math.min(low + width, length)
      const high = Math.min(low + 2 * width, length)
      mergePair(fromTimes, fromSlots, toTimes, toSlots, low, middle, high)
    }
    ;[fromTimes, toTimes] = [toTimes, fromTimes]
    ;[fromSlots, toSlots] = [toSlots, fromSlots]
  }
  if (fromTimes.buffer !== times.buffer) {
    times.set(fromTimes)
    slots.set(fromSlots)
  }
}

function mergePair(
  fromTimes: Float64Array,
  fromSlots: Int32Array,
  toTimes: Float64Array,
  toSlots: Int32Array,
  low: number,
  middle: number,
  high: number,
): void {
  let left = low
  let right = middle
  for (let out = low; out < high; out += 1) {
    const useRight = right < high && (left >= middle || fromTimes[right] < fromTimes[left])
    const source = useRight ? right++ : left++
    toTimes[out] = fromTimes[source]
    toSlots[out] = fromSlots[source]
  }
}
