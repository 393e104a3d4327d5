/** How far a link of some length gets, measured on browsers, chats and mail programs; see the design of addresses. */
export interface LinkLength {
  readonly characters: number
  readonly grade: 'everywhere' | 'browsers' | 'desktop' | 'too-long'
  readonly text: string
}

const grades = [
  { most: 2_000, grade: 'everywhere', text: 'works everywhere' },
  { most: 8_000, grade: 'browsers', text: 'works in browsers; some chats cut it' },
  { most: 32_000, grade: 'desktop', text: 'desktop browsers only' },
] as const

/** Longest fragment that is kept in the address bar: what every browser still copies whole. */
export const MOST_KEPT_CHARACTERS = 8_000

/** @param link the whole address, from `https:` on */
export function linkLength(link: string): LinkLength {
  const characters = link.length
  const found = grades.find((each) => characters <= each.most)
  if (found === undefined)
    return { characters, grade: 'too-long', text: 'too long for a link: download the file instead' }
  return { characters, grade: found.grade, text: found.text }
}
