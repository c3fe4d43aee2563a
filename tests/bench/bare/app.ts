import { once } from 'node:events'
import http from 'node:http'
import { parseArgs } from 'node:util'
import { root } from '../../../config/root.ts'
import type { AppMessage, FrontMessage } from '../../../admin/server/parent.ts'

/* An application process as the front starts it, with a bare Payload in Next instead of the platform. */
const { values: options } = parseArgs({ options: { socket: { type: 'string' }, spare: { type: 'boolean' } } })
const tell = (message: AppMessage) => process.send?.(message)
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))

const [{ getPayload }, { default: config }, { default: next }] = await Promise.all([import('payload'), import('./payload.config.ts'), import('next')])
await getPayload({ config })
const app = next({ dev: false, dir: `${root}/tests/bench/bare`, hostname: 'localhost', port: 3000 })
await app.prepare()
const handle = app.getRequestHandler()
const server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => void handle(request, response))
server.listen({ path: options.socket ?? '' })
await once(server, 'listening')

process.on('message', ({ type }: FrontMessage) => {
  if (type === 'rest') tell({ type: 'resting' })
  if (type !== 'activate') return
  tell({ type: 'active' })
  tell({ type: 'ready', revision: 0, url: '', port: 0, firm: null, logins: [], tryFirst: [] })
})
tell({ type: 'warm', revision: 0 })
