import type { Desk } from './desk.ts'
import type { Masters } from './masters.ts'
import { demoParts, type PartKey } from './masters-data.ts'
import type { Scene } from './play-scenes.ts'

/** What stood in the books before: stock, money at the bank, a customer who owed, a supplier who was owed. */
export async function* openingBalances({ people: { accountant }, day, store }: Desk, { base, parts, customers, suppliers }: Masters): Scene {
  yield -75
  const date = day(-75)
  const stocked = (Object.keys(demoParts) as PartKey[]).filter((key) => demoParts[key].stock)
  const count = await accountant.create('stock-counts', { countKind: 'opening', site: base.site, countDate: date, note: 'Opening stock 期初库存' }, stocked.map((key) => ({
    part: parts[key], location: base.locations.get('A-01'), countedQuantity: demoParts[key].stock, unitCost: demoParts[key].cost,
  })))
  await accountant.send('stock-counts', count, 'post')

  const account = async (role: string) => (await store.findOne('ledger-accounts', { accountRole: { equals: role } }))?.id
  const journal = await accountant.create('journal-entries', { journalKind: 'opening', entryDate: date, memo: 'Opening bank balance 期初银行存款' }, [
    { account: await account('bank'), debit: '420000', credit: '0' }, { account: await account('openingEquity'), debit: '0', credit: '420000' },
  ])
  await accountant.send('journal-entries', journal, 'post')

  const owed = await accountant.create('invoices', { invoiceKind: 'opening', customer: customers.hotel, invoiceDate: date, dueDate: day(-40), note: 'Opening balance 期初应收' }, [
    { description: 'Balance of last year 上年余额', quantity: '1', unitPrice: '18600' },
  ])
  await accountant.send('invoices', owed, 'post')
  const debt = await accountant.create('supplier-bills', { billKind: 'opening', supplier: suppliers.foshan, supplierReference: 'FS-2207', billDate: date, dueDate: day(-45) }, [
    { description: 'Balance of last year 上年余额', quantity: '1', unitPrice: '9270' },
  ])
  await accountant.send('supplier-bills', debt, 'post')
  yield -45
  const paid = await accountant.create('payments', { direction: 'outgoing', supplier: suppliers.foshan, amount: '9270', paymentDate: day(-45), reference: 'BOC 0418821' }, [{ supplierBill: debt, amount: '9270' }])
  await accountant.send('payments', paid, 'post')
  yield -38
  const received = await accountant.create('payments', { direction: 'incoming', customer: customers.hotel, amount: '10000', paymentDate: day(-38), reference: 'ICBC 7730194' }, [{ invoice: owed, amount: '10000' }])
  await accountant.send('payments', received, 'post')
}
