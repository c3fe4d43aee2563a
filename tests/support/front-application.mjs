// An application process without an application: what the front sees of one. The "database" is a file with the number of the
// current revision and a file to which each write is appended; FAKE_DATA is their folder.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { socket: { type: 'string' }, spare: { type: 'boolean' } } })
const { revisionFile } = await new Promise((resolve) => process.once('message', resolve))
const folder = process.env.FAKE_DATA
const currentFile = path.join(folder, 'current')
const ledger = path.join(folder, 'ledger')
const current = () => (existsSync(currentFile) ? Number(readFileSync(currentFile, 'utf8')) : 0)
const candidate = revisionFile ? JSON.parse(readFileSync(revisionFile, 'utf8')) : undefined
const revision = candidate?.number ?? current()
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
process.on('message', (message) => {
  if (message.type === 'rest') process.send({ type: 'resting' })
  if (message.type === 'activate') activate(message.publish)
})
if (candidate?.inputs.broken) fail('The revision is broken.', 422)

function activate(publish) {
  if (publish && current() !== revision - 1) return fail('Another revision was published meanwhile.', 409)
  if (publish) writeFileSync(currentFile, String(revision))
  process.send({ type: 'active' })
  process.send({ type: 'ready', revision, url: 'http://fake', port: 1, logins: [], tryFirst: [] })
}

function fail(message, status) {
  process.send({ type: 'failed', message, status }, () => process.exit(1))
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://fake')
  const told = (status, body, headers = {}) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
  switch (url.pathname) {
    case '/readyz': return response.writeHead(200).end('ready\n')
    case '/api/whoami': return told(200, { pid: process.pid, revision, isSpare: values.spare ?? false, headers: request.headers })
    case '/api/uploader': return request.headers.authorization === 'reader' ? told(403, { errors: [{ data: { code: 'forbidden', status: 403, message: { en: 'No right.', zh: '无权。' } } }] }) : request.headers.authorization ? told(200, { id: request.headers.authorization }) : told(401, { errors: [{ data: { code: 'notSignedIn', status: 401, message: { en: 'Sign in.', zh: '请登录。' } } }] })
    case '/echo': return void request.pipe(response.writeHead(200))
    case '/sip': {
      let size = 0
      for await (const chunk of request) { size += chunk.length; await pause(2) }
      return told(200, { size })
    }
    case '/slow': await pause(Number(url.searchParams.get('ms'))); return told(200, { pid: process.pid })
    case '/crash': return process.exit(7)
    case '/break': {
      // Half an answer of so many bytes; the process that comes after this one answers all of it.
      const bytes = Number(url.searchParams.get('bytes'))
      const isFirst = !existsSync(path.join(folder, 'broken'))
      writeFileSync(path.join(folder, 'broken'), '')
      response.writeHead(200, { 'Content-Type': 'text/html' }).write('x'.repeat(bytes / 2))
      if (isFirst) setTimeout(() => process.exit(7), 50)
      else response.end('x'.repeat(bytes / 2))
      return
    }
    case '/api/graphql': {
      if (existsSync(path.join(folder, 'asked'))) return told(200, { data: {} })
      writeFileSync(path.join(folder, 'asked'), '')
      return process.exit(7)
    }
    case '/events': {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      for (let count = 0; !response.destroyed; count++) { response.write(`data: ${count}\n\n`); await pause(50) }
      return
    }
    case '/write': {
      // Some are refused before they are read.
      if (url.searchParams.has('early') && current() !== revision) return told(503, { refused: true }, { 'x-trellis-stale': '1' })
      try { for await (const _ of request); } catch { return }
      await pause(5)
      if (current() !== revision) return told(503, { refused: true }, { 'x-trellis-stale': '1' })
      const line = `${url.searchParams.get('id')}\n`
      const known = request.headers['idempotency-key'] && existsSync(ledger) && readFileSync(ledger, 'utf8').includes(line)
      if (!known) appendFileSync(ledger, line)
      if (url.searchParams.has('crash') && !existsSync(path.join(folder, 'crashed'))) {
        writeFileSync(path.join(folder, 'crashed'), '')
        process.exit(7)
      }
      return told(200, { revision })
    }
    default: return told(404, {})
  }
})
Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0 })
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
  socket.pipe(socket)
})
if (process.env.FAKE_WATCH) setInterval(() => { if (current() > revision) process.send({ type: 'behind', current: current() }) }, 50)
server.listen(values.socket, () => process.send({ type: 'warm', revision }))
