import type { CommandContext } from '../../core/commands/context.ts'
import { failRefused } from '../../core/errors.ts'

export type OpenItemEntity = 'invoices' | 'credit-notes' | 'supplier-bills'

/**
 * Changes what is open on a posted invoice, credit note or bill (signed minor units) by a conditional atomic write: it never
 * falls below zero. Then `settle` or `reopen` is offered to it, so that its state follows the amount.
 * Not for the document of the running step: its action sets `openAmount` itself and `settleSelf` follows by event.
 */
export async function changeOpenAmount(
  context: CommandContext, { entity, id, by }: { readonly entity: OpenItemEntity; readonly id: string; readonly by: number },
): Promise<void> {
  if (by === 0) return
  const changed = await context.store.update(entity, id, { openAmount: { $inc: by } }, by < 0 ? { openAmount: { greater_than_equal: -by } } : undefined)
  if (!changed) failRefused([{ code: 'openAmount.exceeded', message: exceeded }])
  await context.offer(entity, id, by < 0 ? 'settle' : 'reopen')
}

const exceeded = {
  en: 'More than is still open on the document. Reload it and lower the amount.',
  zh: '超过单据的未结金额，请刷新后减少金额。',
}
