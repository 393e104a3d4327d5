const KEY = 'unrack.accepted-code'
/** Texts and characters that are kept; older ones are asked about again. */
const MOST_TEXTS = 40
const MOST_CHARACTERS = 500_000

/** Code of policies that somebody has let run in this browser, oldest first. */
export function readAcceptedCode(): readonly string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

export function writeAcceptedCode(texts: readonly string[]): void {
  const kept = texts.slice(-MOST_TEXTS)
  while (kept.reduce((sum, text) => sum + text.length, 0) > MOST_CHARACTERS) kept.shift()
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // A page that may not store anything works all the same; it asks again after a reload.
  }
}
