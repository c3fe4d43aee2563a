/** Imports of this browser whose end is told on whatever page the person is then. */
const key = 'trellis.imports.watched'
const changed = 'trellis-imports-watched'

export function watchedImports(): readonly string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export function watchImport(id: string): void {
  store([...new Set([...watchedImports(), id])].slice(-10))
}

export function unwatchImport(id: string): void {
  if (watchedImports().includes(id)) store(watchedImports().filter((one) => one !== id))
}

/** @returns how to stop listening */
export function onWatchedChange(listen: () => void): () => void {
  window.addEventListener(changed, listen)
  return () => window.removeEventListener(changed, listen)
}

function store(ids: readonly string[]) {
  localStorage.setItem(key, JSON.stringify(ids))
  window.dispatchEvent(new Event(changed))
}
