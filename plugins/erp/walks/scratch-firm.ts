import type { Payload } from 'payload'
import { systemActor } from '../../core/access/actor.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { transact } from '../../core/commands/transact.ts'
import { postOpeningStock } from '../engine/posting-stock.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { postStock } from '../ledger/post-stock.ts'
import { setUpCompany, type SetUpCompany } from '../setup/set-up-company.ts'
import { chinaTemplate } from '../setup/templates/china.ts'

/** A small bicycle shop with books in CNY: three parts, two customers, two suppliers, opening stock. */
export type ScratchShop = SetUpCompany & {
  readonly today: string
  /** Bicycle 500.00 (cost 300.00, 10 in stock), helmet 80.00 (cost 40.00, 100 in stock), assembly 50.00 (a service, no stock). */
  readonly parts: { readonly bike: string; readonly helmet: string; readonly assembly: string }
  /** `shop` has no credit limit; `club` one of 1,000.00. */
  readonly customers: { readonly shop: string; readonly club: string }
  readonly suppliers: { readonly frames: string; readonly safety: string }
}

const million = 1_000_000

/** Fills an empty database where things are tried out. */
export function makeScratchShop(payload: Payload): Promise<ScratchShop> {
  return transact(payload, { actor: systemActor }, async (context) => {
    const year = context.now.slice(0, 4)
    const base = await setUpCompany(context, {
      company: { code: 'WH', name: 'Wheel & Co.', nameZh: '轮行商贸', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'en' },
      site: { code: 'MAIN', name: 'Main warehouse', nameZh: '总仓' }, template: chinaTemplate, firstMonth: `${Number(year) - 1}-01`, months: 36,
    })
    const parts = await createParts(context, base)
    const customer = (values: object) => context.create('customers', { values: { language: 'en', address: '1 Road', ...values } })
    const customers = {
      shop: await customer({ number: 'C-1', name: 'Corner shop' }),
      club: await customer({ number: 'C-2', name: 'Cycling club', creditLimit: 100_000 }),
    }
    const supplier = (values: object) => context.create('suppliers', { values: { language: 'en', paymentTerm: base.paymentTerms.get('NET30'), ...values } })
    const suppliers = { frames: await supplier({ number: 'S-1', name: 'Frames Ltd.' }), safety: await supplier({ number: 'S-2', name: 'Safety Ltd.' }) }
    const today = await context.today()
    await addStock(context, { base, today, stock: [{ part: parts.bike, quantity: 10, value: 300_000 }, { part: parts.helmet, quantity: 100, value: 400_000 }] })
    return { ...base, today, parts, customers, suppliers }
  })
}

async function createParts(context: CommandContext, { units, priceList }: SetUpCompany): Promise<ScratchShop['parts']> {
  const unit = units.get('PCS')
  const part = (values: object) => context.create('parts', { values: { unit, makeOrBuy: 'buy', ...values } })
  const parts = {
    bike: await part({ partNumber: 'BIKE', name: 'Bicycle', nameZh: '自行车', listPrice: 520 * million, standardCost: 300 * million }),
    helmet: await part({ partNumber: 'HELMET', name: 'Helmet', nameZh: '头盔', listPrice: 80 * million, standardCost: 40 * million }),
    assembly: await part({ partNumber: 'ASSEMBLY', name: 'Assembly', nameZh: '组装服务', listPrice: 50 * million, stocked: false, purchasable: false }),
  }
  await context.create('prices', { values: { priceList, part: parts.bike, unit, minimumQuantity: 0, price: 500 * million } })
  await context.create('prices', { values: { priceList, part: parts.bike, unit, minimumQuantity: 100 * million, price: 450 * million } })
  return parts
}

/** Opening stock in pieces and minor units, with its journal entry. */
async function addStock(
  context: CommandContext,
  { base, today, stock }: { readonly base: SetUpCompany; readonly today: string; readonly stock: readonly { part: string; quantity: number; value: number }[] },
): Promise<void> {
  const company = await context.company(base.company)
  const source = { entity: 'companies', id: base.company }
  const values = await postStock(context, {
    company, date: today, source,
    movements: stock.map(({ part, quantity, value }) => ({ part, location: base.locations.get('A-01') ?? '', quantity: quantity * million, cost: { value } })),
  })
  await postEntry(context, { company, date: today, kind: 'opening', source, lines: postOpeningStock({ value: values.reduce((sum, value) => sum + value, 0) }) })
}
