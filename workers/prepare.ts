import { customRules, makeReady } from '../src/simulator/custom/rules'
import type { Scenario } from '../src/scenario/scenario'

let engine: Promise<WebAssembly.Module> | null = null

/** Where a scenario brings code along, shuts it in sandboxes before the run that asks it. Most scenarios do not. */
export async function prepare(scenario: Scenario): Promise<void> {
  const rules = customRules(scenario)
  if (rules.length === 0) return
  const { preparedRules } = await import('../src/sandbox')
  engine ??= fetchEngine()
  makeReady(await preparedRules(rules, await engine))
}

/** QuickJS, put beside the page by the build. */
const engineUrl = new URL('../node_modules/quickjs-wasi/quickjs.wasm', import.meta.url)

/** From beside the page, as everything of it. */
async function fetchEngine(): Promise<WebAssembly.Module> {
  const answer = await fetch(engineUrl)
  if (!answer.ok) throw new Error(`the sandbox for policies could not be loaded: ${answer.status} ${answer.statusText}`)
  return WebAssembly.compile(await answer.arrayBuffer())
}
