import './shell-texts'
import { digest, exportFiles, sha256Hex } from '../../src/formats/export'
import { preparedRules } from '../../src/sandbox'
import { customRules, makeReady } from '../../src/simulator/custom/rules'
import { simulate } from '../../src/simulator/simulate'
import { customScenarios } from './custom-scenarios'
import { readDocument } from './scenarios'

/**
 * Runs scenarios that bring policies along, and says the digest of each: for engines that know neither modules nor Node.
 * The bytes of the sandbox's engine stand in `quickjs` beforehand.
 */

declare const quickjs: Uint8Array<ArrayBuffer>
declare const print: ((line: string) => void) | undefined
const say = typeof print === 'function' ? print : console.log // eslint-disable-line no-console -- its only output

async function sayAll(): Promise<void> {
  for (const [name, document] of Object.entries(customScenarios)) {
    const scenario = readDocument(document)
    makeReady(await preparedRules(customRules(scenario), quickjs))
    const result = simulate(scenario)
    const texts = exportFiles(result).map((file) => file.text)
    say(`${name} ${digest(result)} ${sha256Hex(texts.join(''))}`)
  }
}

sayAll().catch((error: unknown) => say(String(error)))
