// Bundles the core with the digest of some runs into classic scripts, for engines that know no modules.
import { bundleAsScript } from './bundle.mjs'

await bundleAsScript('tests/support/core-digest-entry.ts', 'dist-core/core-digest.js')
await bundleAsScript('tests/support/custom-digest-entry.ts', 'dist-core/custom-digest.js')
