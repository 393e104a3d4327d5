/** Something wrong, or doubtful, in a scenario document. */
export interface Problem {
  /** Path of the place, as the author knows it: `topology.links[2].to`; "" for the whole text. */
  readonly path: string
  /** What was found and what was expected, without the path. */
  readonly message: string
  readonly severity: 'error' | 'warning'
}

/** The line that page and command line print: `path: message`. */
export function problemText(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
}
