import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Settings } from '../../config/settings.ts'

type Circumstances = { readonly settings: Pick<Settings, 'mode' | 'publicUrl'>; readonly isDev: boolean }

/**
 * What a browser may do with an answer. Pages run the scripts that carry this answer's nonce and what those load, nothing
 * else; what comes from below /api is data and runs nothing at all. Next finds the nonce in the request and gives it to its scripts.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, circumstances: Circumstances): void {
  // A policy that a sender wrote would give our scripts their nonce.
  delete request.headers['content-security-policy']
  delete request.headers['content-security-policy-report-only']
  for (const [name, value] of Object.entries(everywhere)) response.setHeader(name, value)
  demandHttps(response, circumstances)
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  if (path.startsWith('/_next/static/')) return
  if (path.startsWith('/api/')) return void response.setHeader('Content-Security-Policy', dataPolicy(path))
  const policy = pagePolicy(randomBytes(18).toString('base64'), circumstances)
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
}

/** A browser that has come by https once comes by nothing else. */
export function demandHttps(response: ServerResponse, circumstances: Circumstances): void {
  if (isHttps(circumstances)) response.setHeader('Strict-Transport-Security', 'max-age=31536000')
}

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(self), payment=(), usb=()',
} as const

/**
 * Inline styles stay allowed, and they run nothing: Payload's root layout and its notices insert `<style>` elements without a nonce, and
 * the server writes widths of bars and places of nodes into its HTML as style attributes.
 */
function pagePolicy(nonce: string, { settings, isDev }: Circumstances): string {
  return directives({
    'default-src': ["'self'"],
    // Development compiles in the browser's eval and pushes changes over a socket.
    'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'", ...(isDev ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'worker-src': ["'self'"],
    'connect-src': ["'self'", ...(isDev ? ['ws:'] : [])],
    'object-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'self'"], 'frame-ancestors': ["'none'"],
    ...(isHttps({ settings, isDev }) ? { 'upgrade-insecure-requests': [] } : {}),
  })
}

/** On answers that are made outside of the application: data, whatever it looks like. */
export const headersOfData: Readonly<Record<string, string>> = { ...everywhere, get 'Content-Security-Policy'() { return dataPolicy('') } }

/** A browser's reader of PDF runs within its page: a sandbox would leave it blank. The papers are made here and hold no script. */
function dataPolicy(path: string): string {
  const closed = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"], 'frame-ancestors': ["'none'"] }
  return directives(path.endsWith('/pdf') ? { ...closed, 'object-src': ["'self'"], 'style-src': ["'unsafe-inline'"] } : { ...closed, sandbox: [] })
}

const directives = (parts: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(parts).map(([name, values]) => [name, ...values].join(' ')).join('; ')

const isHttps = ({ settings: { mode, publicUrl }, isDev }: Circumstances) => mode === 'production' && !isDev && publicUrl.startsWith('https:')
