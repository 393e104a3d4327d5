import type { Importer } from './importer'
import { jaeger } from './jaeger/jaeger'

export { reportLines } from './import-report'
export type { Importer, ImportInput, ImportOptions, ImportOutcome } from './importer'
export { importJaeger } from './jaeger/import-jaeger'

/** Every format that scenarios are made from; the first that accepts a text reads it. */
export const importers: readonly Importer[] = [jaeger]
