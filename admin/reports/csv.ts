/**
 * A table as CSV (RFC 4180), with the plain values that its cells name in `data-value`. A text that a spreadsheet would
 * take for a formula gets an apostrophe; the mark at the beginning lets Excel read Chinese.
 */
export function toCsv(table: HTMLTableElement): string {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => quoted(cell.dataset.value ?? cell.textContent ?? '')).join(','))
  return `\ufeff${rows.join('\r\n')}\r\n`
}

function quoted(value: string): string {
  const safe = /^[=+@\t\r]/.test(value) || (value.startsWith('-') && !/^-[\d.]+$/.test(value)) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
