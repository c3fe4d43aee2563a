import type { Payload } from 'payload'
import type { Actor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { addMonths } from '../../plugins/core/engine/dates.ts'
import { setUpCompany, type SetUpCompany } from '../../plugins/erp/setup/set-up-company.ts'
import { chinaTemplate } from '../../plugins/erp/setup/templates/china.ts'
import type { Desk } from './desk.ts'
import {
  demoCompany, demoCustomers, demoParts, demoSite, demoSuppliers, partCategories, type CustomerKey, type PartKey, type SupplierKey,
} from './masters-data.ts'

/** Ids of what the stories are about. */
export type Masters = {
  readonly base: SetUpCompany
  readonly parts: Readonly<Record<PartKey, string>>
  readonly units: Readonly<Record<PartKey, string>>
  readonly suppliers: Readonly<Record<SupplierKey, string>>
  readonly customers: Readonly<Record<CustomerKey, string>>
  readonly contacts: Readonly<Record<CustomerKey, string>>
}

/** Company, books and site, as the owner sets them up on the firm's first day: three years of periods around it. */
export function foundCompany(payload: Payload, { owner, firstDay }: { readonly owner: Actor; readonly firstDay: string }): Promise<SetUpCompany> {
  return transact(payload, { actor: owner, now: `${firstDay}T00:30:00.000Z` }, (context) =>
    setUpCompany(context, { company: demoCompany, site: demoSite, template: chinaTemplate, firstMonth: addMonths(firstDay, 0).slice(0, 7), months: 18 }))
}

/** Parts with prices, suppliers with what they deliver, customers with their contacts. */
export async function createMasters(desk: Desk, base: SetUpCompany): Promise<Masters> {
  const { owner, buyer, salesManager } = desk.people
  const categories = new Map<string, string>()
  for (const category of partCategories) categories.set(category.code, await owner.create('part-categories', category))

  const parts = await each(demoParts, async ({ partNumber, name, nameZh, category, unit, cost, listPrice, taxCode, reorder, make }) => buyer.create('parts', {
    partNumber, name, nameZh, category: categories.get(category), unit: base.units.get(unit), standardCost: cost,
    makeOrBuy: make ? 'make' : 'buy', stocked: category !== 'SERVICE', purchasable: !make && category !== 'SERVICE', sellable: listPrice !== undefined,
    ...(listPrice ? { listPrice } : {}), ...(taxCode ? { salesTaxCode: base.taxCodes.get(taxCode), purchaseTaxCode: base.taxCodes.get(taxCode) } : {}),
    ...(reorder ? { reorderPoint: reorder.point, reorderQuantity: reorder.quantity, safetyStock: reorder.safety, leadTimeDays: reorder.days } : {}),
  }))
  const units = await each(demoParts, ({ unit }) => Promise.resolve(base.units.get(unit) ?? ''))
  for (const key of Object.keys(demoParts) as PartKey[]) {
    const { from, listPrice } = demoParts[key]
    if (!from || !listPrice) continue
    for (const [minimumQuantity, price] of [['0', listPrice], from]) {
      await salesManager.create('prices', { priceList: base.priceList, part: parts[key], unit: units[key], minimumQuantity, price })
    }
  }
  const suppliers = await each(demoSuppliers, async ({ parts: offers, term, ...supplier }) => {
    const isForeign = supplier.country !== 'CN'
    const id = await buyer.create('suppliers', {
      ...supplier, language: isForeign ? 'en' : 'zh', paymentTerm: base.paymentTerms.get(term), ...(isForeign ? { taxCode: base.taxCodes.get('VAT0') } : {}),
    })
    for (const { part, number, price, minimum, multiple } of offers) {
      await buyer.create('supplier-parts', {
        supplier: id, part: parts[part], supplierPartNumber: number, unit: units[part], price, leadTimeDays: demoParts[part].reorder?.days ?? 0,
        ...(minimum ? { minimum } : {}), ...(multiple ? { multiple } : {}),
      })
      await buyer.edit('parts', parts[part], { preferredSupplier: id })
    }
    return id
  })
  const customers = await each(demoCustomers, ({ contact: _, term, isExport, ...customer }) => salesManager.create('customers', {
    ...customer, paymentTerm: base.paymentTerms.get(term), priceList: base.priceList, ...(isExport ? { taxCode: base.taxCodes.get('VAT0') } : {}),
  }))
  const contacts = await each(demoCustomers, ({ contact, email }, key) => salesManager.create('contacts', { ...contact, email, customer: customers[key], mainContact: true }))
  return { base, parts, units, suppliers, customers, contacts }
}

/** The same keys, each with what `make` answers for its value, one after the other. */
async function each<Key extends string, Value, Result>(
  values: Readonly<Record<Key, Value>>, make: (value: Value, key: Key) => Promise<Result>,
): Promise<Readonly<Record<Key, Result>>> {
  const results: Partial<Record<Key, Result>> = {}
  for (const key of Object.keys(values) as Key[]) results[key] = await make(values[key], key)
  return results as Readonly<Record<Key, Result>>
}
