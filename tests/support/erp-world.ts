import type { Payload } from 'payload'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { makeScratchShop, type ScratchShop } from '../../plugins/erp/walks/scratch-firm.ts'

/** The shop in which things are tried out; see `makeScratchShop`. */
export type ErpWorld = ScratchShop & { readonly payload: Payload }

export const million = 1_000_000

/** Fills an empty database. Call it once after `bootPlatform`. */
export async function seedErpWorld(payload: Payload): Promise<ErpWorld> {
  return { ...await makeScratchShop(payload), payload }
}

/** A person with the given roles and every right: rights are tested elsewhere, here what a role may send. */
export const personWith = (...roles: string[]): Actor => ({ ...systemActor, id: `user-${roles.join('-')}`, name: roles.join(' & '), roles })

/**
 * The books as they must be at every moment: debits equal credits in each entry and in the balances, the inventory account equals
 * the stock value, balances equal the sums of entries, and reserved equals the open reservations. Returns what is wrong.
 */
export async function faultsOfBooks(payload: Payload): Promise<string[]> {
  const store = openStore(payload)
  const faults: string[] = []
  for (const row of await store.sum('journal-lines', { groupBy: ['journalEntry'], fields: ['debit', 'credit'] })) {
    if (row.debit !== row.credit) faults.push(`entry ${String(row.journalEntry)}: ${String(row.debit)} ≠ ${String(row.credit)}`)
  }
  const [inventory] = await store.find('ledger-accounts', { where: { accountRole: { equals: 'inventory' } } })
  const [booked] = await store.sum('account-balances', { where: { account: { equals: inventory?.id } }, fields: ['debit', 'credit'] })
  const [valued] = await store.sum('stock-values', { fields: ['value'] })
  const [entered] = await store.sum('stock-entries', { fields: ['value'] })
  const inventoryBalance = Number(booked?.debit) - Number(booked?.credit)
  if (inventoryBalance !== valued?.value || inventoryBalance !== entered?.value) {
    faults.push(`inventory account ${inventoryBalance}, stock value ${String(valued?.value)}, entries ${String(entered?.value)}`)
  }
  const entries = new Map((await store.sum('stock-entries', { groupBy: ['part'], fields: ['quantity'] })).map((row) => [row.part, row.quantity]))
  for (const row of await store.sum('stock-balances', { groupBy: ['part'], fields: ['onHand', 'reserved', 'available'] })) {
    if (row.onHand !== entries.get(row.part)) faults.push(`on hand of ${String(row.part)}: ${String(row.onHand)} ≠ ${String(entries.get(row.part))}`)
    if (Number(row.onHand) - Number(row.reserved) !== row.available) faults.push(`available of ${String(row.part)}`)
    const [open] = await store.sum('reservations', { where: { part: { equals: row.part }, reservationState: { equals: 'open' } }, fields: ['quantity'] })
    if (row.reserved !== open?.quantity) faults.push(`reserved of ${String(row.part)}: ${String(row.reserved)} ≠ ${String(open?.quantity)}`)
  }
  const accounts = new Map((await store.sum('journal-lines', { groupBy: ['account'], fields: ['debit', 'credit'] })).map((row) => [row.account, row]))
  for (const row of await store.sum('account-balances', { groupBy: ['account'], fields: ['debit', 'credit'] })) {
    const lines = accounts.get(row.account)
    if (row.debit !== lines?.debit || row.credit !== lines?.credit) faults.push(`balance of account ${String(row.account)}`)
  }
  return faults
}
