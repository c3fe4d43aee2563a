import type { Where } from 'payload'
import { date, relation } from '../../../config/language/fields.ts'
import type { Json } from '../../../config/language/text.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { formatDecimal, sumExact } from '../../core/engine/decimal.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { ageByParty, ageItems, type Aging } from '../engine/aging.ts'

const roles = ['accountant']
const company = relation('company', { en: 'Company', zh: '公司' }, { to: 'companies', help: { en: 'Empty: the firm\'s first one.', zh: '留空则取首个公司。' } })

/** Reports are operations that change nothing: their answer's `data` holds the figures as spoken decimals. */
export const reportOperations: readonly Operation[] = [
  {
    name: 'trialBalance', entity: 'ledger-accounts', roles,
    label: { en: 'Trial balance', zh: '科目余额表' },
    help: { en: 'Opening, debit, credit and closing of each account; of one period, or since the beginning.', zh: '各科目期初、借方、贷方、期末；可指定会计期间，留空则自建账起。' },
    input: [company, relation('period', { en: 'Period', zh: '会计期间' }, { to: 'periods' })],
    async run(context, input) {
      const rows = await trialBalance(context, { company: idOf(input.company), period: idOf(input.period) })
      const money = await moneyOf(context, idOf(input.company))
      const [debit, credit] = [sumExact(rows.map((row) => row.debit)), sumExact(rows.map((row) => row.credit))]
      return {
        message: { en: `${rows.length} accounts: debit ${money(debit)}, credit ${money(credit)}.`, zh: `科目 ${rows.length} 个：借方 ${money(debit)}，贷方 ${money(credit)}。` },
        data: {
          debit: money(debit), credit: money(credit),
          rows: rows.map((row) => ({ ...row, opening: money(row.opening), debit: money(row.debit), credit: money(row.credit), closing: money(row.closing) })),
        },
      }
    },
  },
  {
    name: 'aging', entity: 'invoices', roles,
    label: { en: 'Aged receivables', zh: '应收账龄' }, input: [company, date('asOf', { en: 'As of', zh: '截止日期' })],
    run: (context, input) => aged(context, input, [{ entity: 'invoices', party: 'customer', due: 'dueDate', sign: 1 }, { entity: 'credit-notes', party: 'customer', due: 'creditDate', sign: -1 }]),
  },
  {
    name: 'aging', entity: 'supplier-bills', roles,
    label: { en: 'Aged payables', zh: '应付账龄' }, input: [company, date('asOf', { en: 'As of', zh: '截止日期' })],
    run: (context, input) => aged(context, input, [{ entity: 'supplier-bills', party: 'supplier', due: 'dueDate', sign: 1 }]),
  },
]

export type TrialRow = {
  readonly account: string
  readonly number: string
  readonly name: string
  readonly nameZh: string
  /** Debit less credit, minor units. */
  readonly opening: number
  readonly debit: number
  readonly credit: number
  readonly closing: number
}

/** One row an account that ever moved, by account number; all amounts in minor units. */
export async function trialBalance(
  { store, company: companyOf }: CommandContext, { company: id, period }: { readonly company?: string | undefined; readonly period?: string | undefined },
): Promise<TrialRow[]> {
  const owner = await companyOf(id)
  const chosen = period ? await store.require('periods', period) : undefined
  const earlier = chosen ? await store.find('periods', { where: { company: { equals: owner.id }, toDate: { less_than: chosen.fromDate } } }) : []
  const sides = async (where: Where) => new Map((await store.sum('account-balances', {
    where: { and: [{ company: { equals: owner.id } }, where] }, groupBy: ['account'], fields: ['debit', 'credit'],
  })).map((row) => [String(row.account), { debit: Number(row.debit), credit: Number(row.credit) }]))
  const before = earlier.length === 0 ? new Map<string, { debit: number; credit: number }>() : await sides({ period: { in: earlier.map((row) => row.id) } })
  const moved = await sides(chosen ? { period: { equals: chosen.id } } : {})
  const accounts = await store.byIds('ledger-accounts', [...before.keys(), ...moved.keys()])
  return [...accounts.values()].map((account) => {
    const start = before.get(account.id)
    const opening = (start?.debit ?? 0) - (start?.credit ?? 0)
    const { debit, credit } = moved.get(account.id) ?? { debit: 0, credit: 0 }
    return { account: account.id, number: account.number, name: account.name, nameZh: account.nameZh ?? account.name, opening, debit, credit, closing: opening + debit - credit }
  }).sort((a, b) => (a.number < b.number ? -1 : 1))
}

type OpenSource = { readonly entity: 'invoices' | 'credit-notes' | 'supplier-bills'; readonly party: 'customer' | 'supplier'; readonly due: string; readonly sign: 1 | -1 }

/** Open amounts as they are now, by party and days overdue on a day. */
async function aged(context: CommandContext, input: Readonly<Record<string, unknown>>, sources: readonly OpenSource[]) {
  const owner = await context.company(idOf(input.company))
  const asOf = idOf(input.asOf) ?? (await context.today())
  const items: { party: string; dueDate: string; open: number }[] = []
  for (const { entity, party, due, sign } of sources) {
    const open: Where = { company: { equals: owner.id }, 'workflow.state': { equals: 'posted' }, openAmount: { greater_than: 0 } }
    for await (const row of context.store.stream<string>(entity, open)) {
      const values = row as Readonly<Record<string, unknown>>
      items.push({ party: String(values[party]), dueDate: String(values[due] ?? asOf), open: sign * Number(values.openAmount) })
    }
  }
  const money = await moneyOf(context, owner.id)
  const parties = await context.store.byIds(sources[0]?.party === 'supplier' ? 'suppliers' : 'customers', items.map(({ party }) => party))
  const spoken = ({ buckets, overdue, total }: Aging) => ({
    total: money(total), overdue: money(overdue), buckets: buckets.map((bucket) => ({ ...bucket, amount: money(bucket.amount) })),
  })
  const all = ageItems({ items, asOf })
  return {
    message: { en: `Open ${money(all.total)}, overdue ${money(all.overdue)}.`, zh: `未结 ${money(all.total)}，逾期 ${money(all.overdue)}。` },
    data: {
      asOf, ...spoken(all),
      parties: ageByParty({ items, asOf }).map(({ party, ...aging }) => ({ party, number: parties.get(party)?.number ?? '', name: parties.get(party)?.name ?? '', ...spoken(aging) })),
    } satisfies { readonly [name: string]: Json },
  }
}

const idOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

async function moneyOf(context: CommandContext, id: string | undefined): Promise<(amount: number) => string> {
  const exponent = currencyExponent((await context.company(id)).currency)
  return (amount) => formatDecimal(amount, exponent, { minDigits: exponent })
}
