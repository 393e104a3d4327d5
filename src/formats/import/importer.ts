import type { ScenarioDocument } from '../../scenario/scenario'
import type { ImportReport } from './import-report'

/** A file to import, already unpacked. */
export interface ImportInput {
  /** As the person knows it; places in messages begin with it. */
  readonly name: string
  readonly text: string
}

export interface ImportOptions {
  /** Name of the data set; made from the files' names unless given. */
  readonly dataset?: string
  /** What was read, as somebody would type it; made from the files' names unless given. */
  readonly input?: string
  /**
   * What stands for the time between the two ends of a call that neither of them measured: the links of the rack
   * (unless given), or a delay before each call with the measured times as its distribution.
   */
  readonly networkTime?: 'links' | 'delay'
}

export interface ImportOutcome {
  /** A complete scenario on a default rack; null if the input held nothing to make one of. */
  readonly scenario: ScenarioDocument | null
  readonly report: ImportReport
  /** What was measured, as plain JSON data; its keys are the format's own. */
  readonly truth: object
}

/** One format that scenarios are made from. */
export interface Importer {
  readonly name: string
  readonly summary: string
  /** Whether a text looks like this format; looks at its beginning only. */
  accepts(text: string): boolean
  run(inputs: readonly ImportInput[], options?: ImportOptions): ImportOutcome
}
