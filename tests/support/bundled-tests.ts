import { readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

const root = join(import.meta.dirname, '../..')
/** As in scripts/bundle.mjs. */
const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const

/** Tests that simulate for long, below `tests`. */
const simulating = /^(property|validation|golden|contract|unit\/(simulator|sandbox|cli))\/.*\.test\.ts$/
/** Where they are built: among the packages, which nobody looks through. */
const folder = join(root, 'node_modules/.unrack-tests')
/** The chunk that holds all sources: loaded once by a worker, and not again for each file of tests. */
export const sources = /\/\.unrack-tests\/sources-[^/]*\.mjs$/

/** Each module knows its own place, also inside of a bundle. */
const ownPlaces: Plugin = {
  name: 'own-places',
  transform: (code, id) => ({
    code: code
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
    map: null,
  }),
}

/** Entries of the bundle by name. */
function entries(): Record<string, string> {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => simulating.test(file))
  return Object.fromEntries(files.map((file) => [file.replace('.test.ts', ''), join(root, 'tests', file)]))
}

/** All of them and what they import. */
async function buildAll(): Promise<Chunk[]> {
  rmSync(folder, { recursive: true, force: true })
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [ownPlaces],
    ssr: { external: true },
    build: {
      ...{ ssr: true, outDir: folder, minify: false, sourcemap: true, target: 'node20' },
      rolldownOptions: {
        input: entries(),
        optimization,
        output: {
          topLevelVar: false,
          entryFileNames: '[name].mjs',
          chunkFileNames: '[name]-[hash].mjs',
          codeSplitting: {
            groups: [{ name: 'sources', test: (id) => /^(src|workers)[\\/]/.test(relative(root, id)) }],
          },
        },
      },
    },
  })
  if (!('output' in built)) throw new Error('found several bundles of the tests, expected one')
  return built.output.filter((part) => part.type === 'chunk')
}

/**
 * Tests that simulate for long are bundled with the sources that they import. Among modules every use of an import is a
 * look-up in the module that it comes from, which makes the simulator two to three times slower. And all of them use one
 * copy of the sources, so that a worker compiles these once.
 */
export function bundledTests(): Plugin {
  let built: Promise<Chunk[]> | null = null
  return {
    name: 'bundled-tests',
    enforce: 'pre',
    watchChange: () => {
      built = null
    },
    async load(id) {
      if (!simulating.test(relative(join(root, 'tests'), id))) return null
      const chunk = (await (built ??= buildAll())).find(({ facadeModuleId }) => facadeModuleId === id)
      if (chunk === undefined) return null
      for (const file of chunk.moduleIds) this.addWatchFile(file)
      return { code: placed(chunk), map: chunk.map?.toString() ?? null }
    },
  }
}

/** Its code with imports of other chunks by their whole path. */
function placed({ code, fileName }: Chunk): string {
  const at = dirname(join(folder, fileName))
  return code.replace(
    /^(import .*?|export .*? from )(["'])(\.\.?\/[^"']*)\2/gm,
    (_, head: string, quote: string, path: string) => `${head}${quote}${join(at, path)}${quote}`,
  )
}
