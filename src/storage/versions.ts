import type { StoredVersion } from './stored-document'

/** Versions kept of one document. */
export const MOST_VERSIONS = 20

/** Versions that are kept by themselves are at least this far apart, ms. */
export const VERSION_GAP_MS = 60_000

/** Whether the state that is about to be overwritten is worth a version: new, and not right after the one before. */
export function deservesVersion(versions: readonly StoredVersion[], text: string, now: number): boolean {
  const newest = newestFirst(versions)[0]
  if (newest === undefined) return true
  return newest.text !== text && now - newest.savedAt >= VERSION_GAP_MS
}

/** Which versions must go so that at most `MOST_VERSIONS` stay: the oldest without a name, then the oldest with one. */
export function surplusVersions(versions: readonly StoredVersion[]): readonly StoredVersion[] {
  const named = newestFirst(versions.filter((version) => version.name !== null))
  const unnamed = newestFirst(versions.filter((version) => version.name === null))
  return [...named, ...unnamed].slice(MOST_VERSIONS)
}

export function newestFirst(versions: readonly StoredVersion[]): readonly StoredVersion[] {
  return [...versions].sort((a, b) => b.savedAt - a.savedAt)
}
