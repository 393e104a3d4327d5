/** The parts of the page that may be looked into from outside. Each part is read-only. */
const parts = new Set<object>()

const show = (): void => {
  Object.defineProperty(window, '__unrack', {
    configurable: true,
    enumerable: true,
    value: Object.freeze(Object.assign({}, ...parts)),
  })
}

/** Adds questions that tests and measurements may ask through `window.__unrack`; the answer takes them away. */
export function extendProbe(part: object): () => void {
  parts.add(part)
  show()
  return () => {
    parts.delete(part)
    show()
  }
}

/** A short name of a text: equal texts have equal names (FNV-1a, 32 bits). */
export function textHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
