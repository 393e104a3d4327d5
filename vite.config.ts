import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page. Relative addresses, so that the built folder works under any path of any static host. */
export default defineConfig({
  base: './',
  plugins: [react()],
  server: { host: 'localhost', port: 5173 },
  preview: { host: 'localhost' },
  worker: { format: 'es' },
  build: { target: 'es2022', reportCompressedSize: false },
})
