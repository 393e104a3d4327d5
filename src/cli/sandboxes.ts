import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Scenario } from '../scenario/scenario'
import { preparedRules } from '../sandbox'
import { customRules, makeReady } from '../simulator/custom/rules'

/** Where scenarios bring code along, shuts it in sandboxes before they are simulated. */
export async function prepareSandboxes(...scenarios: readonly Scenario[]): Promise<void> {
  const rules = scenarios.flatMap(customRules)
  if (rules.length === 0) return
  const path = createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm')
  makeReady(await preparedRules(rules, await readFile(path)))
}
