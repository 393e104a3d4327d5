import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { describeChain, measureChain } from './chain'
import { benchHold } from './hold'
import { chromiumLaunch } from '../support/chromium'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Runs the same measurements in a worker of headless Chromium, printing each line as it comes. */
async function inChromium(script: string): Promise<void> {
  const browser = await chromium.launch(chromiumLaunch())
  try {
    const page = await browser.newPage()
    await page.exposeFunction('told', print)
    await page.evaluate(
      (source) =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
          worker.onmessage = ({ data }: MessageEvent<string | null>) => {
            if (data === null) resolve()
            else void (window as unknown as { told: (line: string) => Promise<void> }).told(data)
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

print(`Node ${process.version}`)
benchHold(print)
print(describeChain(measureChain(10)))
print('Chromium, in a worker')
await inChromium(readFileSync('dist-bench/in-worker.js', 'utf8'))
