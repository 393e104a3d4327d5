/** One scenario of the gallery, as `public/scenarios/index.json` lists it. */
export interface GalleryEntry {
  readonly file: string
  readonly title: string
  /** The question that it answers. */
  readonly question: string
  readonly summary: string
}

/** Fetches a file of this page by its path, relative to the page. @throws Error where it cannot be had */
export type FetchText = (path: string) => Promise<string>

const FOLDER = 'scenarios'

/** @throws Error in words for people */
export async function galleryEntries(fetchText: FetchText): Promise<readonly GalleryEntry[]> {
  const list: unknown = JSON.parse(await fetchText(`${FOLDER}/index.json`))
  if (!Array.isArray(list)) throw new Error('the gallery has no list')
  return list.filter(isEntry)
}

export function galleryText(fetchText: FetchText, entry: GalleryEntry): Promise<string> {
  return fetchText(`${FOLDER}/${entry.file}`)
}

function isEntry(value: unknown): value is GalleryEntry {
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map(Object.entries(value))
  return ['file', 'title', 'question', 'summary'].every((name) => typeof fields.get(name) === 'string')
}
