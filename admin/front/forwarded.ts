import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

export type ProxyPolicy = {
  /** The address a request comes from, looking through trusted proxies. */
  readonly addressOf: (request: IncomingMessage) => string
  /** The headers that tell the application where a request comes from: set anew, whatever the sender wrote. */
  readonly forwardedHeaders: (request: IncomingMessage) => Readonly<Record<string, string>>
}

/** Everything by which a sender could pretend to be another, or to have asked for another host. */
export const forwardedNames: ReadonlySet<string> = new Set([
  'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-prefix', 'x-forwarded-server',
  'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'x-original-url', 'x-rewrite-url',
  // Next's own marks between its parts: from outside they skip its checks.
  'x-middleware-subrequest', 'x-middleware-rewrite', 'x-middleware-next', 'x-invoke-path', 'x-invoke-query', 'x-invoke-status', 'x-matched-path',
])

/** `trusted`: addresses and networks ("10.0.0.0/8", "::1") of the proxies in front; with none, nobody's word is taken. */
export function proxyPolicy(trusted: readonly string[]): ProxyPolicy {
  const list = blockListOf(trusted)
  const isTrusted = (address: string) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  const addressOf = (request: IncomingMessage) => {
    const peer = plain(request.socket.remoteAddress ?? '')
    if (!isTrusted(peer)) return peer
    // From the nearest hop outwards: the first that is not ours is who asks.
    const hops = String(request.headers['x-forwarded-for'] ?? '').split(',').map((hop) => plain(hop.trim())).filter((hop) => isIP(hop) !== 0)
    return hops.reverse().find((hop) => !isTrusted(hop)) ?? hops.at(-1) ?? peer
  }
  return {
    addressOf,
    forwardedHeaders(request) {
      const isBehind = isTrusted(plain(request.socket.remoteAddress ?? ''))
      const told = (name: string) => (isBehind ? String(request.headers[name] ?? '').split(',')[0]?.trim() : undefined)
      const host = told('x-forwarded-host') || request.headers.host
      return {
        'x-forwarded-for': addressOf(request),
        'x-forwarded-proto': told('x-forwarded-proto') === 'https' ? 'https' : 'http',
        ...(host && { 'x-forwarded-host': host }),
      }
    },
  }
}

/** The settings have checked each entry. */
function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

/** An IPv4 address that arrives on an IPv6 socket. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')
