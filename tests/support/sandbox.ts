import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { preparedRules } from '../../src/sandbox'
import { Sandbox } from '../../src/sandbox/sandbox'
import type { Scenario } from '../../src/scenario/scenario'
import { customRules, makeReady } from '../../src/simulator/custom/rules'

const path = createRequire(import.meta.url).resolve('quickjs-wasi/quickjs.wasm')

/** The engine of the sandbox, compiled. */
const engine = new WebAssembly.Module(readFileSync(path))

/** A rule whose function is called `decide`. */
export function sandboxOf(code: string, parameters: unknown = {}): Promise<Sandbox> {
  return Sandbox.create({ engine, code, entry: 'decide', parameters })
}

/** The scenario, with the code that it brings along made ready. */
export async function prepared(scenario: Scenario): Promise<Scenario> {
  makeReady(await preparedRules(customRules(scenario), engine))
  return scenario
}
