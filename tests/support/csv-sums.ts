import { readFileSync } from 'node:fs'

/* What the AdventureWorks tests expect, computed from the files by code that shares nothing with the importer. */

export type Cells = Readonly<Record<string, string>>

/** Rows of a CSV file by header, read character by character. */
export function cellsOf(file: string): Cells[] {
  const text = readFileSync(file, 'utf8')
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[index + 1] === '"') {
        cell += '"'
        index++
      } else quoted = false
    } else if (character === '"') quoted = true
    else if (character === ',' || character === '\n') {
      rows.at(-1)?.push(cell.replace(/\r$/, ''))
      cell = ''
      if (character === '\n') rows.push([])
    } else cell += character
  }
  if (cell !== '') rows.at(-1)?.push(cell)
  const [header = [], ...records] = rows.filter((row) => row.length > 0)
  return records.map((record) => Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])))
}

/** "12.0278" → 12027800n: a decimal at 10^-6. */
export function micro(text: string | undefined): bigint {
  const [whole = '0', fraction = ''] = (text ?? '0').split('.')
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
}

/** The nearest whole number; a half goes away from zero. */
export function rounded(numerator: bigint, divisor: bigint): bigint {
  const half = numerator < 0n ? -divisor / 2n : divisor / 2n
  return (numerator + half) / divisor
}

/** Cents of a quantity at a price, both at 10^-6. */
export const cents = (quantity: bigint, price: bigint): bigint => rounded(quantity * price, 10_000_000_000n)

export function total(values: Iterable<bigint>): bigint {
  let sum = 0n
  for (const value of values) sum += value
  return sum
}

export function sumsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string, valueOf: (item: Item) => bigint): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0n) + valueOf(item))
  return sums
}

/** For comparing maps of sums: sorted entries with numbers, without zeros. */
export const entriesOf = (sums: ReadonlyMap<string, bigint>): [string, number][] =>
  [...sums].filter(([, value]) => value !== 0n).map(([key, value]): [string, number] => [key, Number(value)]).sort(([a], [b]) => (a < b ? -1 : 1))
