/** What a cell is: texts stay texts whatever they look like, figures and dates are ones that a spreadsheet calculates with. */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string }
  /** A decimal like "-12.50". */
  | { readonly kind: 'number' | 'money'; readonly text: string }
  /** "2026-11-22", or "2026-11-22T08:30:00" as a clock on the wall shows it. */
  | { readonly kind: 'date' | 'dateTime'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: 'true' | 'false' }

/** Places in the list of cell formats of `workbook-parts.ts`. */
export const styleOf = { general: 0, head: 1, text: 2, number: 0, money: 3, date: 4, dateTime: 5, boolean: 0 } as const

/** Excel holds no more characters in a cell. */
export const longestCell = 32_767

/**
 * The XML of a cell. A decimal that a double does not hold exactly (over 15 digits, the ones Excel keeps) and a date before
 * March 1900 (Excel's calendar is wrong before) are texts: nothing is rounded.
 */
export function cellXml(cell: SheetCell, place: string): string {
  switch (cell.kind) {
    case 'text': return textCell(cell.text, place)
    case 'number': case 'money': return isExactNumber(cell.text) ? valueCell(cell.text, place, styleOf[cell.kind]) : textCell(cell.text, place)
    case 'date': case 'dateTime': {
      const serial = serialOf(cell.text)
      return serial === undefined ? textCell(cell.text, place) : valueCell(String(serial), place, styleOf[cell.kind])
    }
    case 'boolean': return `<c r="${place}" t="b"><v>${cell.text === 'true' ? 1 : 0}</v></c>`
  }
}

/** Whether a double and a spreadsheet give back every digit. */
export function isExactNumber(text: string): boolean {
  const digits = /^-?(\d+)(?:\.(\d+))?$/.exec(text)
  return digits !== null && `${digits[1]}${digits[2] ?? ''}`.replace(/^0+/, '').replace(/0+$/, '').length <= 15
}

/** Days since the last of 1899, as Excel counts them; undefined for what is no date that it knows. */
export function serialOf(text: string): number | undefined {
  const time = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`)
  return time >= firstRight && time < tenThousand ? Number(((time - dayZero) / 86_400_000).toFixed(8)) : undefined
}

const dayZero = Date.UTC(1899, 11, 30)
const firstRight = Date.UTC(1900, 2, 1)
const tenThousand = Date.UTC(10_000, 0, 1)

/** Text as XML; what XML cannot hold, or would change, is written as Office does: _x000D_ (ECMA-376, ST_Xstring). */
export function xmlText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-F]{4}_)/gi, '_x005F_')
    .replace(forbidden, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const forbidden = /[\x00-\x08\x0B-\x1F\uFFFE\uFFFF]/g

/** "A", "Z", "AA" for 0, 25, 26. */
export function columnName(index: number): string {
  return `${index >= 26 ? columnName(Math.floor(index / 26) - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}

const valueCell = (value: string, place: string, style: number) => `<c r="${place}"${style === 0 ? '' : ` s="${style}"`}><v>${value}</v></c>`
const textCell = (text: string, place: string, style: number = styleOf.text) => `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

export const headCell = (text: string, place: string): string => textCell(text, place, styleOf.head)
