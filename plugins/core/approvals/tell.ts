import type { CommandContext } from '../commands/context.ts'
import type { Approval } from './approval-row.ts'
import type { Seat } from './engine/chain.ts'

export type Telling = { readonly kind: 'asked' | 'reminded' | 'escalated'; readonly seats: readonly Seat[] }

export async function tellApprovers(_context: CommandContext, _approval: Approval, _telling: Telling): Promise<void> {
}
