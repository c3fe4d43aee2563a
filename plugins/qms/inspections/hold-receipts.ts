import type { ReceiptLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { convert } from '../../core/engine/units.ts'
import type { EntityBehaviour, EventHandler } from '../../core/platform/plugin.ts'
import { fittingPlans } from './fitting-plans.ts'

/** What arrives and is to be inspected goes to stock on hold, in the same transaction: no moment in which it could be reserved. */
export const holdReceipts: EntityBehaviour = {
  async sending(context, { event, document, lines }) {
    if (event !== 'post') return
    const { supplier } = typed<'receipts'>(document)
    const arrived = typedRows<'receipt-lines'>(lines)
    const plans = await plansOf(context, arrived, supplier)
    for (const line of arrived) {
      if (!plans.has(line.part) || line.stockStatus !== 'usable') continue
      line.stockStatus = 'quarantine'
      await context.store.update('receipt-lines', line.id, { stockStatus: 'quarantine' })
    }
  },
}

/** An inspection for each line of the receipt that is on hold and has a plan (contract 8). */
export const openIncomingInspections: EventHandler = {
  name: 'qms.openIncomingInspections',
  on: ['receipts.posted'],
  async run(context, { documentId }) {
    const receipt = await context.store.get('receipts', documentId)
    if (!receipt) return
    const lines = await context.store.find('receipt-lines', { where: { receipt: { equals: receipt.id } }, sort: 'position' })
    const held = lines.filter((line) => line.stockStatus === 'quarantine' && acceptedOf(line) > 0)
    const plans = await plansOf(context, held, receipt.supplier)
    for (const line of held) {
      const plan = plans.get(line.part)
      if (!plan) continue
      await context.create('inspections', {
        values: {
          plan: plan.id, part: line.part, supplier: receipt.supplier, quantity: inStockUnits(line), lot: line.lot ?? '', location: line.location,
          receipt: receipt.id, receiptLine: line.id, onHold: true, company: receipt.company, traceId: receipt.traceId,
        },
        sources: [{ entity: 'receipts', id: receipt.id }],
      })
    }
  },
}

/** Only what is kept in stock stands anywhere on hold. */
async function plansOf(context: CommandContext, lines: readonly ReceiptLines[], supplier: string | null | undefined) {
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  return fittingPlans(context.store, { parts: lines.map(({ part }) => part).filter((part) => parts.get(part)?.stocked !== false), supplier: supplier ?? null, stage: 'incoming' })
}

const acceptedOf = (line: ReceiptLines) => line.receivedQuantity - (line.rejectedQuantity ?? 0)

const inStockUnits = (line: ReceiptLines) =>
  convert({ quantity: acceptedOf(line), numerator: line.unitNumerator ?? 1, denominator: line.unitDenominator ?? 1 })
