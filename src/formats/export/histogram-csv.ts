import type { LatencyHistogram } from '../../simulator/result'
import { csvText, microsecondsCell, numberCell, type Column } from './csv'

interface BucketRow {
  readonly histogram: LatencyHistogram
  readonly bucket: number
}

const columns: readonly Column<BucketRow>[] = [
  ['scope', (row) => (row.histogram.id === '' ? 'run' : 'operation')],
  ['id', (row) => row.histogram.id],
  ['bucket_low_us', (row) => microsecondsCell(row.histogram.lowUs[row.bucket] ?? NaN)],
  ['bucket_high_us', (row) => microsecondsCell(row.histogram.highUs[row.bucket] ?? NaN)],
  ['count', (row) => numberCell(row.histogram.counts[row.bucket] ?? NaN)],
]

/** The buckets as recorded, empty ones left out: any percentile can be computed again from them. */
export function histogramCsv(histograms: readonly LatencyHistogram[]): string {
  return csvText(columns, bucketRows(histograms))
}

function* bucketRows(histograms: readonly LatencyHistogram[]): Generator<BucketRow> {
  for (const histogram of histograms) {
    for (let bucket = 0; bucket < histogram.counts.length; bucket += 1) {
      if ((histogram.counts[bucket] ?? 0) > 0) yield { histogram, bucket }
    }
  }
}
