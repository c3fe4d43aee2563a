/** What was designed before, what is, and what was taken back. */
export type Steps<Content> = { readonly past: readonly Content[]; readonly now: Content; readonly future: readonly Content[] }
export type Move<Content> = { readonly to: 'undo' | 'redo' } | { readonly to: 'next' | 'reset'; readonly content: Content }

export function step<Content>(steps: Steps<Content>, action: Move<Content>): Steps<Content> {
  const { past, now, future } = steps
  switch (action.to) {
    case 'next': return { past: [...past, now], now: action.content, future: [] }
    case 'reset': return { past: [], now: action.content, future: [] }
    case 'undo': return past.length > 0 ? { past: past.slice(0, -1), now: past.at(-1) ?? now, future: [now, ...future] } : steps
    case 'redo': return future[0] !== undefined ? { past: [...past, now], now: future[0], future: future.slice(1) } : steps
  }
}
