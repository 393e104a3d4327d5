/**
 * What an access to storage gave. Storage may be blocked at any time (private mode, an embedding page) or full; the
 * page must work all the same, so nothing here ever throws.
 */
export type StorageAnswer<Value> =
  { readonly kind: 'ok'; readonly value: Value } | { readonly kind: 'blocked' } | { readonly kind: 'full' }

export type StorageFailure = Exclude<StorageAnswer<never>, { kind: 'ok' }>['kind']

/** Carries out an access and turns every failure into an answer. */
export async function answered<Value>(access: () => Promise<Value>): Promise<StorageAnswer<Value>> {
  try {
    return { kind: 'ok', value: await access() }
  } catch (error) {
    return { kind: isQuota(error) ? 'full' : 'blocked' }
  }
}

/** What the page says where nothing can be kept. */
export function storageFailureText(failure: StorageFailure): string {
  switch (failure) {
    case 'blocked':
      return 'This page may not store anything here; your changes last until you close it.'
    case 'full':
      return 'Could not save: the storage of this browser is full. Download the scenario, or delete old documents.'
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}
