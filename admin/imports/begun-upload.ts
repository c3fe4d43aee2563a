/** An upload that this browser has begun for a list: kept over a reload, so that the same file goes on from what has arrived. */
export type BegunUpload = {
  readonly id: string
  readonly entity: string
  readonly name: string
  readonly size: number
  readonly lastModified: number
  readonly sent: number
}

const key = 'trellis.imports.upload'

export function begunUpload(entity: string): BegunUpload | null {
  try {
    const known = JSON.parse(localStorage.getItem(key) ?? 'null') as BegunUpload | null
    return known?.entity === entity && typeof known.id === 'string' ? known : null
  } catch {
    return null
  }
}

export function keepUpload(upload: BegunUpload | null): void {
  if (upload) localStorage.setItem(key, JSON.stringify(upload))
  else localStorage.removeItem(key)
}

export const isSameFile = (begun: BegunUpload, file: File): boolean => begun.name === file.name && begun.size === file.size && begun.lastModified === file.lastModified
