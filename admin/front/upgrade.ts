import http, { type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { outcomeUnknown, refuseRaw, waitedTooLong } from './answers.ts'
import { endToEnd } from './forward.ts'
import type { Supervisor } from './supervisor.ts'

type Inputs = {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What the client has sent behind the request already. */
  readonly head: Buffer
  readonly supervisor: Pick<Supervisor, 'host'>
  readonly forwarded: Readonly<Record<string, string>>
}

/** Joins a client with the application when it wants another protocol (WebSocket); an answer without it is passed on. */
export async function upgrade({ request, socket, head, supervisor, forwarded }: Inputs): Promise<void> {
  socket.on('error', () => socket.destroy())
  const host = await supervisor.host()
  if (!host || socket.destroyed) return refuseRaw(socket, waitedTooLong)
  const count = host.begin()
  const upstream = http.request({
    socketPath: host.socketPath, agent: false, method: request.method, path: request.url, setHost: false,
    headers: { ...endToEnd(request.headers), ...forwarded, connection: 'Upgrade', upgrade: request.headers.upgrade },
  })
  socket.once('close', () => upstream.destroy())
  upstream.on('upgrade', (answer, peer, peerHead) => {
    socket.write(headOf(answer, rawHeaders(answer)))
    if (peerHead.length > 0) socket.write(peerHead)
    if (head.length > 0) peer.write(head)
    peer.on('error', () => peer.destroy())
    peer.once('close', () => { count.closed(); socket.destroy() })
    socket.once('close', () => peer.destroy())
    peer.pipe(socket).pipe(peer)
  })
  upstream.on('response', (answer) => {
    socket.write(headOf(answer, [...Object.entries(endToEnd(answer.headers)).flatMap(([name, value]) => [value ?? ''].flat().map((one): [string, string] => [name, String(one)])), ['Connection', 'close']]))
    answer.pipe(socket)
  })
  upstream.on('error', () => refuseRaw(socket, outcomeUnknown))
  upstream.on('close', () => { if (!upstream.socket || upstream.socket.destroyed) count.closed() })
  upstream.end()
}

function headOf({ statusCode, statusMessage }: IncomingMessage, headers: readonly (readonly [string, string])[]): string {
  return [`HTTP/1.1 ${statusCode ?? 502} ${statusMessage ?? ''}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index): [string, string] => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? ''])
}
