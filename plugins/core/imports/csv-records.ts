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
 * Records of CSV text (RFC 4180, any delimiter, LF or CR LF), with bounded memory. A quote that is never closed, or closed in
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
        const end = text.indexOf('\n', from)
        from = end < 0 ? text.length : end + 1
        if (end >= 0) skipping = false
        continue
      }
      const found = recordAt(text, { from, delimiter, multiline, atEnd })
      if (found === 'incomplete' && text.length - from <= longestRecord) break
      if (typeof found === 'object') {
        from = found.next
        yield { row: ++row, cells: found.cells }
        continue
      }
      const end = text.indexOf('\n', from)
      if (end < 0 && !atEnd && text.length - from <= longestRecord) break
      const line = text.slice(from, end < 0 ? text.length : end).replace(/\r$/, '')
      skipping = end < 0
      from = end < 0 ? text.length : end + 1
      yield { row: ++row, cells: shown(line, delimiter), broken: true }
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

type Found = { readonly cells: string[]; readonly next: number } | 'incomplete' | 'broken'
type Search = CsvForm & { readonly from: number; readonly atEnd: boolean }

function recordAt(text: string, { from, delimiter, multiline, atEnd }: Search): Found {
  const cells: string[] = []
  const newline = text.indexOf('\n', from)
  let lineEnd = newline < 0 ? text.length : newline
  let at = from
  for (;;) {
    if (text.charCodeAt(at) === quoteCode) {
      const closed = closingQuote(text, at)
      if (closed < 0 || (closed + 1 === text.length && !atEnd)) return atEnd ? 'broken' : 'incomplete'
      if (closed > lineEnd) {
        if (!multiline) return 'broken'
        const next = text.indexOf('\n', closed)
        lineEnd = next < 0 ? text.length : next
      }
      cells.push(text.slice(at + 1, closed).replaceAll('""', '"'))
      at = closed + 1
      while (text[at] === ' ' && delimiter !== ' ') at++
      if (text[at] === '\r' && at + 1 === lineEnd) at++
      if (at < lineEnd && text[at] !== delimiter) return 'broken'
    } else {
      // Only this line is searched: the delimiter may be far away where there is but one column.
      const found = text.slice(at, lineEnd).indexOf(delimiter)
      const end = found < 0 ? lineEnd : at + found
      cells.push(text.slice(at, end === lineEnd && text[end - 1] === '\r' ? Math.max(at, end - 1) : end))
      at = end
    }
    if (at >= lineEnd) {
      if (lineEnd < text.length) return { cells, next: lineEnd + 1 }
      return atEnd ? { cells, next: text.length } : 'incomplete'
    }
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
