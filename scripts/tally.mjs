import { existsSync, readFileSync } from 'node:fs'

/**
 * How many tests passed, failed and were skipped.
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/**
 * A runner that ended badly without a failed test (an error outside of tests, a server that did not start) counts as one failure.
 * @param {Tally} tally
 * @param {boolean} endedWell
 * @returns {Tally}
 */
function honest(tally, endedWell) {
  return endedWell || tally.failed > 0 ? tally : { ...tally, failed: 1 }
}

/**
 * @template Report
 * @param {string} path
 * @returns {Report | null} what the runner wrote; null if it left nothing
 */
function report(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

/**
 * @param {boolean} endedWell
 * @returns {Tally}
 */
export function countStep(endedWell) {
  return { passed: endedWell ? 1 : 0, failed: endedWell ? 0 : 1, skipped: 0 }
}

/**
 * @param {string} path the JSON report of vitest
 * @param {boolean} endedWell whether vitest exited with 0
 * @returns {Tally}
 */
export function countVitest(path, endedWell) {
  /**
   * @type {null | { numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
   *   testResults: { status: string, assertionResults: { status: string }[] }[] }}
   */
  const read = report(path)
  if (read === null) return countStep(false)
  const failedOutside = read.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length
  return honest(
    {
      passed: read.numPassedTests,
      failed: read.numFailedTests + failedOutside,
      skipped: read.numPendingTests + read.numTodoTests,
    },
    endedWell,
  )
}

/**
 * @param {string} path the JSON report of Playwright
 * @param {boolean} endedWell whether Playwright exited with 0
 * @returns {Tally}
 */
export function countPlaywright(path, endedWell) {
  /** @type {null | { stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} */
  const read = report(path)
  if (read === null) return countStep(false)
  const { expected, unexpected, flaky, skipped } = read.stats
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, endedWell)
}
