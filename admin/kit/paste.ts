/**
 * Cells copied from a spreadsheet: rows by line breaks, cells by tabs; a cell in quotes may hold both, a quote in it
 * stands twice. One trailing line break, as spreadsheets add it, makes no row.
 */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    rows[rows.length - 1]?.push(cell)
    at = end
    if (at >= text.length) break
    if (text[at] === '\t') {
      at += 1
      if (at >= text.length) rows[rows.length - 1]?.push('')
      continue
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    if (at < text.length) rows.push([])
  }
  return rows.length === 1 && rows[0]?.length === 0 ? [] : rows
}

/** True when a paste is more than one cell, and so belongs to the grid rather than to the field in focus. */
export const isTable = (text: string) => /[\t\n\r]/.test(text.replace(/[\r\n]+$/, ''))

function plainCell(text: string, from: number) {
  const rest = /[\t\r\n]/g
  rest.lastIndex = from
  const end = rest.exec(text)?.index ?? text.length
  return { cell: text.slice(from, end).trim(), end }
}

function quotedCell(text: string, from: number) {
  let cell = ''
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') cell += text[at]
    else if (text[at + 1] === '"') { cell += '"'; at += 1 }
    else if (at + 1 >= text.length || /[\t\r\n]/.test(text[at + 1] ?? '')) return { cell, end: at + 1 }
    else return plainCell(text, from)
  }
  return plainCell(text, from)
}
