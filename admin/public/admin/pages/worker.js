/*
 * Keeps one page of the shop floor at hand, so that it opens without a connection: its shell as the server last gave it, and the scripts and
 * styles of that. Nothing below /api is kept, and nothing of other pages. `admin/standalone/keep-page.ts` puts in what the page needs.
 */
const page = new URL(self.registration.scope).pathname
const name = `trellis-page ${page}`

self.addEventListener('install', () => { void self.skipWaiting() })
self.addEventListener('activate', (event) => { event.waitUntil(self.clients.claim()) })
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && pathname === page) event.respondWith(shell(request))
  else if (pathname.startsWith('/_next/static/')) event.respondWith(asset(request))
})

/** As the server gives it now; without an answer as it gave it last. */
async function shell(request) {
  const kept = async () => (await caches.open(name)).match(page, { ignoreVary: true })
  try {
    const answer = await fetch(request)
    if (answer.status >= 500) return (await kept()) ?? answer
    // Signed out, closed, or not this person's any more: it is not kept either.
    if (answer.ok && !answer.redirected && answer.type !== 'opaqueredirect') await (await caches.open(name)).put(page, answer.clone())
    else await caches.delete(name)
    return answer
  } catch (error) {
    const found = await kept()
    if (found) return found
    throw error
  }
}

/** Named by its content: what is kept is right. */
async function asset(request) {
  return (await (await caches.open(name)).match(request, { ignoreVary: true })) ?? fetch(request)
}
