import type { Parts } from '../../../config/generated/entities.ts'
import { relation } from '../../../config/language/fields.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import type { EntityBehaviour, EventHandler, Operation } from '../../core/platform/plugin.ts'
import { loadUnitRatios } from '../../core/pricing/unit-ratios.ts'
import { proposeReorders, type ReorderProposal } from '../engine/replenishment.ts'
import { typed } from '../../core/data/typed-rows.ts'
import { loadFigures, type PartFigures } from './replenishment-figures.ts'

export const proposeOperation: Operation = {
  name: 'propose',
  entity: 'reorder-proposals',
  label: { en: 'Propose reorders', zh: '生成补货建议' },
  help: {
    en: 'Looks at every stocked part with a reorder point or safety stock. Open proposals are replaced by the new ones.',
    zh: '检查所有设置了再订货点或安全库存的物料。未处理的旧建议会被新建议替代。',
  },
  roles: ['buyer'],
  input: [relation('site', { en: 'Deliver to', zh: '收货地点' }, { to: 'sites' })],
  async run(context, input) {
    const site = await siteOf(context, typeof input.site === 'string' ? input.site : undefined)
    const parts = await context.store.find('parts', {
      where: {
        and: [
          { status: { equals: 'active' } }, { stocked: { equals: true } }, { purchasable: { equals: true } }, { makeOrBuy: { equals: 'buy' } },
          { or: [{ reorderPoint: { greater_than: 0 } }, { safetyStock: { greater_than: 0 } }] },
        ],
      },
      sort: 'partNumber',
    })
    const ids = await proposeFor(context, { site, parts })
    return {
      message: { en: `${ids.length} reorder proposals for ${parts.length} parts.`, zh: `检查物料 ${parts.length} 个，生成补货建议 ${ids.length} 条。` },
      documents: ids.map((id) => ({ entity: 'reorder-proposals', id })),
    }
  },
}

/** Customers wait for more than there is: the missing parts are proposed at once, with or without a reorder point. */
export const proposeForShortage: EventHandler = {
  name: 'erp.proposeForShortage',
  on: ['sales-orders.confirmed', 'sales-orders.changed'],
  async run(context, { documentId }) {
    const order = await context.store.get('sales-orders', documentId)
    if (!order) return
    const lines = await context.store.find('sales-order-lines', { where: { salesOrder: { equals: order.id } } })
    const parts = [...(await context.store.byIds('parts', lines.map(({ part }) => part))).values()]
      .filter(({ stocked, purchasable, makeOrBuy }) => stocked && purchasable && makeOrBuy === 'buy')
    await proposeFor(context, { site: await siteOf(context, order.site), parts, onlyShortages: true })
  },
}

/** Unit and its ratio of a proposal written by hand. */
export const proposalBehaviour: EntityBehaviour = {
  async prepare(context, { document }) {
    const proposal = typed<'reorder-proposals'>(document)
    const part = proposal.part ? await context.store.get('parts', proposal.part) : undefined
    if (!part) return
    proposal.unit ||= part.unit
    const ratio = (await loadUnitRatios(context.store, [part])).ratioOf(part, proposal.unit)
    if (ratio) Object.assign(proposal, { unitNumerator: ratio.numerator, unitDenominator: ratio.denominator })
  },
}

type Site = { readonly id: string; readonly company: string }

/** Makes the proposals of some parts anew: older open ones of the same parts and site are superseded. @returns their ids */
async function proposeFor(
  context: CommandContext, { site, parts, onlyShortages = false }: { readonly site: Site; readonly parts: readonly Parts[]; readonly onlyShortages?: boolean },
): Promise<string[]> {
  if (parts.length === 0) return []
  const company = await context.company(site.company)
  const today = await context.today()
  const figures = new Map((await loadFigures(context.store, { company: company.id, parts })).map((row) => [row.part.id, row]))
  const due = proposeReorders({ parts: [...figures.values()].map(({ plan }) => plan), today })
  const proposals = onlyShortages ? due.filter(({ urgency }) => urgency === 'shortage') : due
  await supersedeOpen(context, { site, parts: onlyShortages ? proposals.map(({ part }) => part) : [...figures.keys()] })
  const ids: string[] = []
  for (const proposal of proposals) {
    const row = figures.get(proposal.part)
    if (row) ids.push(await context.create('reorder-proposals', { values: valuesOf({ proposal, row, site, today }) }))
  }
  return ids
}

function valuesOf({ proposal, row, site, today }: { readonly proposal: ReorderProposal; readonly row: PartFigures; readonly site: Site; readonly today: string }) {
  const show = (value: number) => formatDecimal(value, scales.quantity)
  const { plan } = row
  return {
    company: site.company, site: site.id, part: proposal.part, supplier: proposal.supplier ?? null, quantity: proposal.quantity,
    unit: row.part.unit, unitPrice: proposal.unitPrice ?? null, orderBy: today, neededDate: proposal.neededDate,
    explanation: {
      reason: proposal.reason, urgency: proposal.urgency, onHand: show(row.onHand), openDemand: show(row.openDemand),
      available: show(plan.available), onOrder: show(plan.onOrder), reorderPoint: show(plan.reorderPoint), safetyStock: show(plan.safetyStock),
      minimum: show(plan.lot.minimum),
    },
  }
}

async function supersedeOpen(context: CommandContext, { site, parts }: { readonly site: Site; readonly parts: readonly string[] }): Promise<void> {
  const wanted = new Set(parts)
  const open = await context.store.find('reorder-proposals', { where: { site: { equals: site.id }, 'workflow.state': { equals: 'proposed' } }, sort: 'id' })
  for (const { id, part } of open) if (wanted.has(part)) await context.send('reorder-proposals', id, 'supersede')
}

async function siteOf(context: CommandContext, id: string | undefined): Promise<Site> {
  const site = id ? await context.store.get('sites', id) : (await context.store.find('sites', { where: { status: { equals: 'active' } }, sort: 'code', limit: 1 }))[0]
  return site ?? failRefused([noSite])
}

const noSite = {
  code: 'reorder.noSite', message: { en: 'There is no active site to deliver to. Create one under Sites first.', zh: '没有启用的收货地点，请先在“地点”中新建。' },
}
