/**
 * Which row first had a text, for millions of texts in 24 to 48 bytes each: what is kept of a text is a hash of 64 bits. Two different
 * texts of two million have the same one once in ten million files; the run itself asks the database and is exact.
 */
export type RowIndex = {
  readonly rowOf: (text: string) => number | undefined
  readonly add: (text: string, row: number) => void
}

export function openRowIndex(): RowIndex {
  let size = 0
  let table = new Int32Array(3 * 1024)
  const placeOf = (low: number, high: number): number => {
    const places = table.length / 3
    let place = (low ^ Math.imul(high, 0x9e3779b1)) & (places - 1)
    while (table[place * 3 + 2] !== 0 && (table[place * 3] !== low || table[place * 3 + 1] !== high)) place = (place + 1) & (places - 1)
    return place * 3
  }
  const put = (low: number, high: number, row: number) => {
    const at = placeOf(low, high)
    if (table[at + 2] !== 0) return
    table.set([low, high, row], at)
    size++
  }
  const grow = () => {
    const old = table
    table = new Int32Array(old.length * 2)
    size = 0
    for (let at = 0; at < old.length; at += 3) if (old[at + 2] !== 0) put(old[at] as number, old[at + 1] as number, old[at + 2] as number)
  }
  return {
    rowOf(text) {
      const row = table[placeOf(...hashOf(text)) + 2]
      return row === 0 ? undefined : row
    },
    add(text, row) {
      if (size * 6 >= table.length) grow()
      const [low, high] = hashOf(text)
      put(low, high, row)
    },
  }
}

/** Two runs of FNV-1a with different beginnings, mixed at the end (MurmurHash3's finaliser). */
function hashOf(text: string): [number, number] {
  let low = 0x811c9dc5
  let high = 0x1b873593
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ (code + at), 0x85ebca6b)
    high ^= high >>> 13
  }
  return [mixed(low), mixed(high ^ low)]
}

function mixed(hash: number): number {
  let value = hash ^ (hash >>> 16)
  value = Math.imul(value, 0x85ebca6b)
  value ^= value >>> 13
  value = Math.imul(value, 0xc2b2ae35)
  return (value ^ (value >>> 16)) | 0
}
