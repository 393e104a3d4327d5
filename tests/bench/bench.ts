import { existsSync, readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { chromiumLaunch } from '../support/chromium'
import { describeChain, measureChain, type ChainRow } from './chain'
import { describeDraws, measureDraws } from './draws'
import { benchFidelity } from './fidelity'
import { benchGrowth } from './growth'
import { PENDING, describeHold, measureHold, type HoldRow } from './hold'
import { benchInstructions } from './instructions'
import { benchMemory } from './memory'
import { measureReferences } from './references'
import { benchWatching } from './watching'

/** The shared scenario where it is at hand, else the gallery's like it. */
const farMemories = ['../shared/scenarios/remote-memory.json', 'public/scenarios/far-memory.json']

/** What a worker tells: one of the two. */
interface Measured {
  readonly hold?: HoldRow
  readonly chain?: ChainRow
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Runs the same measurements in a worker of headless Chromium; each is told as it comes. */
async function inChromium(script: string, told: (measured: Measured) => void): Promise<void> {
  const browser = await chromium.launch(chromiumLaunch())
  try {
    const page = await browser.newPage()
    await page.exposeFunction('told', told)
    await page.evaluate(
      (source) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
          worker.onmessage = ({ data }: MessageEvent<Measured | null>) => {
            if (data === null) resolve()
            else void (window as unknown as { told: (measured: Measured) => Promise<void> }).told(data)
          }
          worker.onerror = (event) => {
            reject(new Error(event.message))
          }
        }),
      script,
    )
  } finally {
    await browser.close()
  }
}

/** Everything, beside references that this same run measures: only ratios mean anything on a shared machine. */
async function benchAll(): Promise<void> {
  const references = measureReferences(PENDING)
  const tell = ({ hold, chain }: Measured): void => {
    if (hold) print(describeHold(hold, references.holdNs(hold.pending)))
    if (!chain) return
    const { lean, simpy } = references.tiers[chain.network]
    print(describeChain(chain, lean, simpy))
  }
  print(`Node ${process.version}`)
  for (const pending of PENDING) tell({ hold: measureHold(pending) })
  for (const network of ['free', 'rack'] as const) tell({ chain: measureChain(network) })
  print(describeDraws(measureDraws(), references.tiers.free.lean))
  benchFidelity(print, farMemories.find(existsSync)!)
  benchGrowth(print)
  benchWatching(print)
  benchMemory(print)
  print('Chromium, in a worker')
  await inChromium(readFileSync('dist-bench/in-worker.js', 'utf8'), tell)
}

if (process.argv[2] === 'instructions') benchInstructions(print)
else await benchAll()
