import type { Nonconformances } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { byDisposition } from '../engine/dispositions.ts'
import { fittingPlans } from '../inspections/fitting-plans.ts'
import { holdStock, moveStock, stockBehind } from '../stock.ts'

export const nonconformanceActions: readonly ActionHandler[] = [
  {
    type: 'qms.containStock', label: { en: 'Block the stock', zh: '冻结库存' },
    async run(context, { document }) {
      const nonconformance = typed<'nonconformances'>(document)
      if (nonconformance.onHold || !nonconformance.location) return
      await holdStock(context, { ...nonconformance, entity: 'nonconformances' }, 'blocked')
      nonconformance.onHold = true
    },
  },
  {
    type: 'qms.carryOut', label: { en: 'Carry out the dispositions', zh: '执行处置' },
    async run(context, { document, lines }) {
      const nonconformance = typed<'nonconformances'>(document)
      const { useAsIs, rework, scrap, return: returned } = byDisposition(typedRows<'nonconformance-dispositions'>(lines))
      const holder = { ...nonconformance, entity: 'nonconformances' } as const
      await moveStock(context, { ...holder, quantity: useAsIs }, { from: 'blocked', to: 'usable' })
      await moveStock(context, { ...holder, quantity: rework }, { from: 'blocked', to: 'quarantine' })
      const [scrapped, back] = [stockBehind({ ...holder, quantity: scrap }, 'blocked'), stockBehind({ ...holder, quantity: returned }, 'blocked')]
      if (scrapped) await context.platform.services.stock?.scrap(context, scrapped)
      if (back && nonconformance.receiptLine) await context.platform.services.stock?.returnToSupplier(context, { ...back, receiptLine: nonconformance.receiptLine })
      nonconformance.onHold = false
      if (rework > 0) await inspectAgain(context, nonconformance, rework)
    },
  },
]

/** What was reworked is verified before it is used (ISO 9001:2015, 8.7.1). */
async function inspectAgain(context: CommandContext, nonconformance: Nonconformances, quantity: number): Promise<void> {
  const { id, inspection, part, supplier, lot, location, receiptLine, company, traceId } = nonconformance
  const before = inspection ? await context.store.require('inspections', inspection) : undefined
  const plan = before?.plan ?? (await fittingPlans(context.store, { parts: [part], supplier: supplier ?? null })).get(part)?.id
  await context.create('inspections', {
    values: { plan, part, supplier, quantity, lot, location, receipt: before?.receipt ?? null, receiptLine, nonconformance: id, onHold: Boolean(location), company, traceId },
    sources: [{ entity: 'nonconformances', id }],
  })
}
