import type { Importer } from '../importer'
import { importJaeger } from './import-jaeger'

/** Characters at the beginning of a text that are looked at. */
const looked = 20_000

/** Jaeger's own JSON: what its page downloads and its `/api/traces` answers. */
export const jaeger: Importer = {
  name: 'jaeger',
  summary: 'Jaeger JSON traces: one document, a list of traces, or a folder of files with one trace each',
  accepts: looksLikeJaeger,
  run: importJaeger,
}

function looksLikeJaeger(text: string): boolean {
  const beginning = text.slice(0, looked)
  if (!/^\ufeff?\s*[[{]/.test(beginning)) return false
  return /"(?:spans|traceID|spanID)"\s*:/.test(beginning) && !/"(?:resourceSpans|unrack-scenario)"/.test(beginning)
}
