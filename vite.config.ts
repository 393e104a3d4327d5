import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Constants of other files as their values: the simulator's switches become jumps. */
const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const
/** Those of the same file stay constants, which the engine builds in; variables would be read and checked each time. */
const output = { topLevelVar: false }

/** The page. Relative addresses, so that the built folder works under any path of any static host. */
export default defineConfig({
  base: './',
  plugins: [react()],
  server: { host: 'localhost', port: 5173 },
  preview: { host: 'localhost' },
  worker: { format: 'es', rolldownOptions: { optimization, output } },
  build: { target: 'es2022', reportCompressedSize: false, rolldownOptions: { optimization, output } },
})
