import type { Payload } from 'payload'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { newId } from '../../plugins/core/commands/context.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'

const one = 1_000_000

export type SampleFirm = { readonly company: string; readonly customer: string; readonly supplier: string; readonly parts: readonly string[]; readonly taxCode: string; readonly unit: string; readonly paymentTerm: string; readonly site: string }

/** A small bilingual firm in renminbi, written as stored values past all behaviour. */
export async function createSampleFirm(payload: Payload): Promise<SampleFirm> {
  return await transact(payload, { actor: systemActor }, async (context) => {
    const make = async (entity: string, values: Record<string, unknown>) => {
      const id = newId()
      await context.store.insert(entity, { id, version: 1, status: 'active', ...values })
      return id
    }
    const company = await make('companies', {
      code: 'T', name: 'Trellis Bicycle Works Ltd.', nameZh: '格架自行车制造有限公司', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'zh',
      taxNumber: '91310000MA1FL0X12X', address: '18 Hongmei Road, Xuhui District\nShanghai 200030, China', phone: '+86 21 5555 0188', email: 'sales@trellis.example',
      website: 'www.trellis.example', bankName: 'Bank of China, Xuhui', bankAccount: '4402 1234 5678 9012', priceTolerancePercent: 2 * one, purchaseApprovalLimit: 500_000,
    })
    const unit = await make('units', { code: 'pcs', name: 'Piece', nameZh: '件', decimals: 0 })
    const taxCode = await make('tax-codes', { code: 'VAT13', name: 'VAT 13%', nameZh: '增值税 13%', rate: 13 * one, taxKind: 'both' })
    const paymentTerm = await make('payment-terms', { code: 'N30D', name: '30 days net, 30% deposit', nameZh: '30% 订金，余款月结 30 天', netDays: 30, depositPercent: 30 * one })
    const site = await make('sites', { code: 'SH', name: 'Shanghai plant', company })
    const customer = await make('customers', {
      number: 'C-1001', name: 'Rijwiel Groothandel B.V.', nameZh: '荷兰自行车批发公司', language: 'en', taxNumber: 'NL001234567B01',
      address: 'Keizersgracht 100\n1015 AA Amsterdam\nNetherlands', shipToAddress: 'Warehouse 4, Havenstraat 12\n3024 SG Rotterdam\nNetherlands',
      creditLimit: 5_000_000, internalNote: 'Pays late in winter.',
    })
    const supplier = await make('suppliers', { number: 'S-2001', name: 'Ningbo Bearings Co.', nameZh: '宁波轴承有限公司', language: 'zh', address: '宁波市北仑区新碶街道 88 号' })
    const parts = []
    for (const [partNumber, name, nameZh] of [
      ['CB-7-ALU-M', 'City bike, 7 gears, aluminium frame, size M', '城市自行车，7 速，铝合金车架，M 码'],
      ['LGT-FRONT', 'Front light, 60 lux, dynamo', '前灯，60 勒克斯，花鼓发电'],
      ['SRV-ASM', 'Final assembly and adjustment', '整车装配与调试'],
    ] as const) parts.push(await make('parts', { partNumber, name, nameZh, unit, makeOrBuy: 'buy', tracking: 'none', standardCost: 100 * one }))
    return { company, unit, taxCode, paymentTerm, site, customer, supplier, parts }
  })
}

export type SampleLine = { readonly part: number; readonly quantity: number; readonly price: number; readonly discount?: number; readonly description?: string }

/** Puts a document with its lines into the database as it stands, with totals at 13 % tax. Quantities and prices are whole. @returns its id */
export async function putDocument(
  payload: Payload, firm: SampleFirm, { entity, lineEntity, parentField, values, lines, state = 'sent' }: {
    entity: string; state?: string; lineEntity: string; parentField: string; values: Record<string, unknown>; lines: readonly SampleLine[]
  },
): Promise<string> {
  const store = openStore(payload)
  const id = newId()
  const nets = lines.map(({ quantity, price, discount = 0 }) => quantity * price * (100 - discount))
  const net = nets.reduce((sum, amount) => sum + amount, 0)
  const tax = Math.round((net * 13) / 100)
  const isPriced = entity !== 'deliveries'
  await store.insert(entity, {
    id, version: 1, company: firm.company, traceId: null,
    workflow: { state, snapshot: null, definitionHash: platformOf(payload).workflows.get(entity)?.hash ?? 'none', since: '2026-11-21T08:00:00.000Z' },
    ...(isPriced ? { netTotal: net, taxTotal: tax, grandTotal: net + tax, taxLines: [{ taxCode: firm.taxCode, rate: 13 * one, base: net, amount: tax }], paymentTerm: firm.paymentTerm } : {}),
    ...values,
  })
  await store.insertMany(lineEntity, lines.map(({ part, quantity, price, discount = 0, description }, index) => ({
    id: newId(), [parentField]: id, position: index + 1, part: firm.parts[part] ?? null, description: description ?? null, quantity: quantity * one, unit: firm.unit,
    unitNumerator: 1, unitDenominator: 1,
    ...(isPriced ? { unitPrice: price * one, discountPercent: discount * one, taxCode: firm.taxCode, netAmount: nets[index] } : {}),
  })))
  return id
}
