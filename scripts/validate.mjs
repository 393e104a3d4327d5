// npm run validate: runs the validation cases and writes docs/validation.md, its figures and the page's recorded results.
// `--case ID` (may be repeated) runs some; `--form short|full` (full unless given); `--write` only writes what is recorded.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleForNode } from './bundle.mjs'
import { root } from './install.mjs'

process.chdir(root)
await bundleForNode('tests/validation/record.ts', 'dist-validation/validation.mjs')
await import(pathToFileURL(join(root, 'dist-validation/validation.mjs')).href)
