import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { InVain } from '../deliveries/in-vain.ts'

const wholeMilliseconds = 15_000
const mostAnswerBytes = 65_536

/** Addresses that are of this machine, of a network of one's own, or of nobody (IANA special-purpose registries). */
const own = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) own.addSubnet(network, prefix, 'ipv4')
// Of IPv6 only what is given out to the public is reached (2000::/3), without what carries an address of IPv4 inside.
const publicSix = new BlockList()
publicSix.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) own.addSubnet(network, prefix, 'ipv6')

/** Whether an address is anyone's on the internet, and so may be reached. */
export function isPublicAddress(address: string): boolean {
  return isIP(address) === 6 ? publicSix.check(address, 'ipv6') && !own.check(address, 'ipv6') : isIP(address) === 4 && !own.check(address, 'ipv4')
}

/** Whether the operator has named it, with its port or with any. */
export const isAllowed = ({ host, hostname }: URL, allowedHosts: readonly string[]): boolean => allowedHosts.includes(host.toLowerCase()) || allowedHosts.includes(hostname.toLowerCase())

/** Whether it can be told without looking a name up that it is nobody's on the internet: other numbers, this machine, names of a network of one's own. */
export function isSurelyPrivate({ hostname }: URL): boolean {
  const literal = literalOf(hostname)
  if (isIP(literal) !== 0) return !isPublicAddress(literal)
  const labels = literal.replace(/\.$/, '').split('.')
  return labels.length < 2 || ownEndings.has(labels.at(-1) ?? '')
}

const literalOf = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')
/** RFC 6761 and 6762, and the one that ICANN keeps for private use. */
const ownEndings: ReadonlySet<string> = new Set(['localhost', 'local', 'internal'])

export type Post = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Hosts, with a port or any, that may be reached wherever they are. */
  readonly allowedHosts: readonly string[]
}

/**
 * Posts to an address that someone has entered. Names are looked up once, by the connection itself, and it is made only to what was found
 * public: a name that changes its mind between a check and the connection gains nothing. Redirects are not followed, answers are not kept.
 * @returns the status. @throws when it cannot be reached or does not answer in time; InVain when it may not be reached
 */
export async function safePost({ url, headers, body, allowedHosts }: Post): Promise<number> {
  const target = new URL(url)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') throw new Error(`${target.protocol} is not reached: use https.`)
  const allowed = isAllowed(target, allowedHosts)
  const literal = literalOf(target.hostname)
  if (!allowed && isIP(literal) !== 0 && !isPublicAddress(literal)) throw privateAddress(literal)
  const client = target.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const request = client.request(target, {
      method: 'POST', agent: false, headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) }, signal: AbortSignal.timeout(wholeMilliseconds),
      ...(allowed ? {} : { lookup: publicOnly }),
    }, (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > mostAnswerBytes) response.destroy()
      })
      const settle = () => resolve(response.statusCode ?? 0)
      response.on('close', settle).on('end', settle).on('error', settle)
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** One private address among several is enough: which is taken is not ours to choose. */
const publicOnly: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 4)
    const hidden = addresses.find(({ address }) => !isPublicAddress(address))
    const [first] = addresses
    if (hidden || !first) return done(privateAddress(hidden?.address ?? hostname), '', 4)
    if (options.all) (done as unknown as (error: null, all: typeof addresses) => void)(null, addresses)
    else done(null, first.address, first.family)
  })
}

const privateAddress = (address: string) => new InVain(`${address} is not a public address: name its host in WEBHOOK_HOSTS if it shall be reached.`)
