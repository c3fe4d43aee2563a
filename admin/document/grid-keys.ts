import type { KeyboardEvent } from 'react'

export type GridMove = { readonly down: number; readonly right: number } | 'remove'

/** Where a key leads in a grid of inputs; null where it belongs to the input itself: arrows inside a text, options of a list. */
export function moveOf(event: KeyboardEvent<HTMLElement>): GridMove | null {
  const { key, target } = event
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return null
  if (event.altKey) return key === 'Delete' ? 'remove' : null
  if (key === 'Enter') return { down: event.shiftKey ? -1 : 1, right: 0 }
  if (target instanceof HTMLSelectElement || event.shiftKey) return null
  if (key === 'ArrowDown') return { down: 1, right: 0 }
  if (key === 'ArrowUp') return { down: -1, right: 0 }
  if (key === 'ArrowLeft') return isAtEdge(target, 'start') ? { down: 0, right: -1 } : null
  if (key === 'ArrowRight') return isAtEdge(target, 'end') ? { down: 0, right: 1 } : null
  return null
}

/** Puts the focus into a cell of a table's body, counted among those that can be typed in. */
export function focusCell(body: HTMLTableSectionElement | null, row: number, column: number): void {
  const cell = body?.rows[row]?.querySelectorAll<HTMLElement>('td[data-open]')[column]?.querySelector<HTMLElement>('input, select, textarea')
  cell?.focus()
  if (cell instanceof HTMLInputElement) cell.select()
}

/** The same keys for a table whose rows are given: Enter must not send the form it stands in. */
export function walkCells(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('td[data-open]') : null
  const move = cell && !event.defaultPrevented ? moveOf(event) : null
  const row = cell?.closest('tr')
  if (!cell || !row || !move || move === 'remove') return
  event.preventDefault()
  focusCell(event.currentTarget, row.sectionRowIndex + move.down, [...row.querySelectorAll('td[data-open]')].indexOf(cell) + move.right)
}

/** The caret stands at this end of the text, or all of it is marked (as it is when one comes into a cell). */
function isAtEdge(target: EventTarget, end: 'start' | 'end'): boolean {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false
  if (target.selectionStart === null) return true
  const { selectionStart: from, selectionEnd: to, value } = target
  if (from === 0 && to === value.length) return true
  return from === to && from === (end === 'start' ? 0 : value.length)
}
