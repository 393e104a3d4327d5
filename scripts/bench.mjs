// npm run bench: measures the engine and the model in Node and in Chromium's worker, beside C++ and SimPy.
// npm run bench -- instructions: counts machine instructions instead, with valgrind.
// npm run bench -- sandbox: what a decision of a policy of one's own costs.
// npm run bench -- placement: how long the placement policies take on 1,000 devices, and the exact search.
// npm run bench:page (with the argument `page`): builds the page and measures it in Chromium.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleAsScript, bundleForNode } from './bundle.mjs'
import { root } from './install.mjs'

const what = ['page', 'sandbox', 'placement'].find((one) => one === process.argv[2]) ?? 'bench'
if (what === 'page') {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
} else if (what === 'bench') {
  await bundleAsScript('tests/bench/in-worker.ts', 'dist-bench/in-worker.js')
  await bundleForNode('tests/bench/count.ts', 'dist-bench/count.mjs')
}
await bundleForNode(`tests/bench/${what}.ts`, `dist-bench/${what}.mjs`)
await import(pathToFileURL(join(root, `dist-bench/${what}.mjs`)).href)
