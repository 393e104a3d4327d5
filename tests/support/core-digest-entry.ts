import { digest, exportFiles, sha256Hex } from '../../src/formats/export'
import { simulate } from '../../src/simulator/simulate'
import { coreScenarios } from './core-scenarios'
import { readDocument } from './scenarios'

/**
 * Runs the core scenarios and says the digest of each, and one of all that each writes: bundled into one script, for
 * engines that know neither modules nor Node, to be compared with each other.
 */

/** What shells of engines say a line with; where there is none, a console. */
declare const print: ((line: string) => void) | undefined
const say = typeof print === 'function' ? print : console.log // eslint-disable-line no-console -- its only output

for (const [name, document] of Object.entries(coreScenarios)) {
  const result = simulate(readDocument(document))
  const texts = exportFiles(result).map((file) => file.text)
  say(`${name} ${digest(result)} ${sha256Hex(texts.join(''))}`)
}
