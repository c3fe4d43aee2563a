/** `row` counts the records from 1, as a spreadsheet does, empty ones too. `broken`: quotes that do not fit; the cells are only to be shown. */
export type CsvRecord = { readonly row: number; readonly cells: readonly string[]; readonly broken?: true }

export type CsvForm = {
  readonly delimiter: string
  /** Whether a value in quotes may hold line breaks (RFC 4180). */
  readonly multiline: boolean
}

/** A record beyond this many characters is none: most likely a quote was never closed. */
const longestRecord = 1_000_000

/**
 * Records of CSV text (RFC 4180, any delimiter; lines end with LF, CR LF or CR), with bounded memory. A quote that is never closed, or closed in
 * the middle of a value, breaks the line it stands in and none of the following.
 */
export async function* csvRecords(chunks: AsyncIterable<string>, { delimiter, multiline }: CsvForm): AsyncGenerator<CsvRecord> {
  let text = ''
  let row = 0
  let isFirst = true
  /** Within a line that is too long to be one: nothing of it counts until its end. */
  let skipping = false
  function* records(atEnd: boolean): Generator<CsvRecord> {
    let from = 0
    while (from < text.length) {
      if (skipping) {
        const line = lineAt(text, from, atEnd)
        skipping = line === undefined
        from = line?.next ?? withoutReturn(text)
        if (skipping) break
        continue
      }
      const found = recordAt(text, { from, delimiter, multiline, atEnd })
      if (found === 'incomplete' && text.length - from <= longestRecord) break
      if (typeof found === 'object') {
        from = found.next
        yield { row: ++row, cells: found.cells }
        continue
      }
      const line = lineAt(text, from, atEnd)
      if (!line && text.length - from <= longestRecord) break
      skipping = line === undefined
      const shownCells = shown(text.slice(from, line?.end ?? withoutReturn(text)), delimiter)
      from = line?.next ?? withoutReturn(text)
      yield { row: ++row, cells: shownCells, broken: true }
    }
    text = text.slice(from)
  }
  for await (const chunk of chunks) {
    text += isFirst ? chunk.replace(/^\uFEFF/, '') : chunk
    if (chunk !== '') isFirst = false
    yield* records(false)
  }
  yield* records(true)
}

const lineBreak = /[\r\n]/g

/** Where a line ends and the next one begins; undefined while that is still to be read. */
function lineAt(text: string, from: number, atEnd: boolean): { readonly end: number; readonly next: number } | undefined {
  lineBreak.lastIndex = from
  const end = lineBreak.exec(text)?.index
  if (end === undefined) return atEnd ? { end: text.length, next: text.length } : undefined
  if (text[end] === '\n') return { end, next: end + 1 }
  if (end + 1 === text.length && !atEnd) return undefined
  return { end, next: text[end + 1] === '\n' ? end + 2 : end + 1 }
}

/** A CR at the end may be half of a line end. */
const withoutReturn = (text: string): number => (text.endsWith('\r') ? text.length - 1 : text.length)

type Found = { readonly cells: string[]; readonly next: number } | 'incomplete' | 'broken'
type Search = CsvForm & { readonly from: number; readonly atEnd: boolean }

function recordAt(text: string, { from, delimiter, multiline, atEnd }: Search): Found {
  const cells: string[] = []
  let line = lineAt(text, from, atEnd)
  if (!line) return 'incomplete'
  let at = from
  for (;;) {
    if (text.charCodeAt(at) === quoteCode) {
      const closed = closingQuote(text, at)
      if (closed < 0 || (closed + 1 === text.length && !atEnd)) return atEnd ? 'broken' : 'incomplete'
      if (closed > line.end) {
        if (!multiline) return 'broken'
        line = lineAt(text, closed, atEnd)
        if (!line) return 'incomplete'
      }
      cells.push(text.slice(at + 1, closed).replaceAll('""', '"'))
      at = closed + 1
      while (text[at] === ' ' && delimiter !== ' ') at++
      if (at < line.end && text[at] !== delimiter) return 'broken'
    } else {
      // Only this line is searched: the delimiter may be far away where there is but one column.
      const found = text.slice(at, line.end).indexOf(delimiter)
      const end = found < 0 ? line.end : at + found
      cells.push(text.slice(at, end))
      at = end
    }
    if (at >= line.end) return { cells, next: line.next }
    at++
  }
}

const quoteCode = 34

function closingQuote(text: string, opening: number): number {
  for (let at = opening + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return -1
    if (text.charCodeAt(quote + 1) !== quoteCode) return quote
    at = quote + 2
  }
}

const shown = (line: string, delimiter: string): string[] => line.slice(0, 2_000).split(delimiter).map((cell) => cell.replaceAll('"', ''))
