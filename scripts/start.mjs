// npm start: installs what is missing, then serves the page and says where.
import { ensureModules, root } from './install.mjs'

ensureModules()
const { createServer } = await import('vite')
const server = await createServer({ root })
await server.listen()
server.printUrls()
