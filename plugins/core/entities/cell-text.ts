/**
 * How texts stand in the cells of files that leave and come back. What is written here is read back exactly: exports
 * write with `guarded`, imports read with `unguarded`.
 */

/** Written where a field is empty although a new record would get a value: an empty cell means "not given". */
export const emptyMark = '(empty)'

export const isEmptyMark = (cell: string): boolean => /^(?:\(empty\)|（空）)$/i.test(cell.trim())

/**
 * A text that a spreadsheet could run as a formula (OWASP, "CSV Injection": = + - @, their full-width forms, tab, line break in
 * front) or that reads like the mark of an empty cell, made a text again by an apostrophe. One that has apostrophes there
 * already gets one more, so that taking one away is always the way back.
 */
export const guarded = (text: string): string => (isMistakable(text) ? `'${text}` : text)

/** The text that `guarded` made this cell of; "'s-Hertogenbosch" is nobody's guard and stays. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && isMistakable(cell) ? cell.slice(1) : cell)

/** Several values in one cell: "a;b"; a semicolon and a backslash of their own get a backslash in front. */
export const joinValues = (values: readonly string[]): string => values.map((value) => value.replace(/[\\;]/g, '\\$&')).join(';')

export function splitValues(cell: string): string[] {
  if (cell === '') return []
  const values: string[] = []
  let value = ''
  for (const part of cell.match(/\\[\\;]|[^]/g) ?? []) {
    if (part !== ';') value += part.at(-1)
    else {
      values.push(value)
      value = ''
    }
  }
  return [...values, value]
}

const isMistakable = (text: string): boolean => /^'*(?:[=+\-@＝＋－＠\t\r\n]|(?:\(empty\)|（空）)$)/i.test(text)
