/** Of the worker too (`admin/public/admin/pages/worker.js`): before the path of the page. */
const prefix = 'trellis-page '

/**
 * Keeps this page in the browser, so that it opens without a connection: its shell, and the scripts and styles it has loaded. What a former shell
 * needed goes. Does nothing where browsers keep nothing, and in development, where assets are not named by their content.
 * @returns whether it is kept, by now or from before
 */
export async function keepPage(path: string): Promise<boolean> {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator) || !('caches' in globalThis)) return false
  await navigator.serviceWorker.register('/admin/pages/worker.js', { scope: path })
  const cache = await caches.open(prefix + path)
  const isKept = async () => (await cache.match(path, { ignoreVary: true })) !== undefined
  const answer = await fetch(path, { headers: { Accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok || answer.redirected) return isKept()
  const assets = new Set(performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.startsWith(`${location.origin}/_next/static/`)))
  await Promise.all([...assets].map(async (asset) => { if (!(await cache.match(asset, { ignoreVary: true }))) await cache.add(asset) }))
  await cache.put(path, answer)
  for (const request of await cache.keys()) if (!assets.has(request.url) && new URL(request.url).pathname !== path) await cache.delete(request)
  return true
}

/** Whoever signs out leaves no page behind. */
export async function forgetPages(): Promise<void> {
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name)
}
