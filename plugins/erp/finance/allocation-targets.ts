import type { CreditNotes, Invoices, Payments, SupplierBills } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../../core/data/store.ts'
import { stateOf } from '../../core/workflow/pinned.ts'

/** What a payment may be allocated to. */
export const targetEntities = { invoice: 'invoices', supplierBill: 'supplier-bills', creditNote: 'credit-notes' } as const
export type TargetField = keyof typeof targetEntities
export const targetFields = Object.keys(targetEntities) as TargetField[]
export type Target = Invoices | SupplierBills | CreditNotes

/** What an allocation, or the input of `allocate`, names. */
export type Wanted = { readonly [field in TargetField]?: string | null } & { readonly amount: number }

/** The items that allocations name, by id, in one query an entity. */
export async function loadTargets(store: Store, wanted: readonly Wanted[]): Promise<Map<string, Target>> {
  const found = new Map<string, Target>()
  for (const field of targetFields) {
    for (const [id, target] of await store.byIds(targetEntities[field], wanted.map((part) => part[field]))) found.set(id, target)
  }
  return found
}

/** The one field of an allocation that is filled; undefined when none or several are. */
export function targetOf(wanted: Wanted): { readonly field: TargetField; readonly id: string } | undefined {
  const filled = targetFields.flatMap((field) => (wanted[field] ? [{ field, id: wanted[field] }] : []))
  return filled.length === 1 ? filled[0] : undefined
}

/**
 * Why allocations of a payment may not be: each names exactly one posted item of the same party and side, none twice, none
 * above what is open, all together at most `available` (minor units). Paths are `lines.<index>`.
 */
export function checkAllocations({ payment, wanted, targets, available }: {
  readonly payment: Pick<Payments, 'direction' | 'customer' | 'supplier' | 'company'>
  readonly wanted: readonly Wanted[]
  readonly targets: ReadonlyMap<string, Target>
  readonly available: number
}): Refusal[] {
  const seen = new Set<string>()
  const refusals = wanted.flatMap((part, index): Refusal[] => {
    const code = fault({ payment, part, targets, seen })
    return code ? [{ code, path: `lines.${index}`, message: messages[code] }] : []
  })
  const total = wanted.reduce((sum, { amount }) => sum + amount, 0)
  if (refusals.length === 0 && total > available) return [{ code: 'allocation.overPayment', path: 'lines', message: messages['allocation.overPayment'] }]
  return refusals
}

function fault({ payment, part, targets, seen }: {
  readonly payment: Pick<Payments, 'direction' | 'customer' | 'supplier' | 'company'>
  readonly part: Wanted
  readonly targets: ReadonlyMap<string, Target>
  readonly seen: Set<string>
}): keyof typeof messages | undefined {
  const named = targetOf(part)
  const target = named && targets.get(named.id)
  if (!named || !target) return 'allocation.oneItem'
  if (seen.has(named.id)) return 'allocation.repeatedItem'
  seen.add(named.id)
  if (!sidesOf(payment).includes(named.field) || target.company !== payment.company) return 'allocation.wrongSide'
  const party = 'supplier' in target ? target.supplier === payment.supplier : target.customer === payment.customer
  if (!party) return 'allocation.otherParty'
  if (stateOf(target) === 'draft' || stateOf(target) === 'blocked') return 'allocation.notPosted'
  if (part.amount <= 0) return 'allocation.badAmount'
  return part.amount > target.openAmount ? 'allocation.overItem' : undefined
}

/** Money in settles invoices; money out settles bills of a supplier, or pays a customer's credit notes back. */
function sidesOf({ direction, supplier }: Pick<Payments, 'direction' | 'supplier'>): readonly TargetField[] {
  if (direction === 'incoming') return ['invoice']
  return supplier ? ['supplierBill'] : ['creditNote']
}

const messages = {
  'allocation.oneItem': {
    en: 'An allocation names exactly one invoice, supplier bill or credit note. Choose one.', zh: '每行核销须且只能选择一张发票、账单或红字发票。',
  },
  'allocation.repeatedItem': { en: 'This item is listed twice. Put its amounts on one line.', zh: '该单据重复，请合并为一行。' },
  'allocation.wrongSide': {
    en: 'Money in settles invoices; money out settles supplier bills, or refunds credit notes of a customer. Choose such an item of the same company.',
    zh: '收款只能核销销售发票；付款只能核销供应商账单，或向客户退还红字发票。请选择同一公司的相应单据。',
  },
  'allocation.otherParty': { en: 'The item belongs to another customer or supplier. Choose one of the payer.', zh: '该单据属于其他客户或供应商，请选择同一往来单位的单据。' },
  'allocation.notPosted': { en: 'The item is not posted yet. Post it first.', zh: '该单据尚未过账，请先过账。' },
  'allocation.badAmount': { en: 'The amount must be above zero. Correct it, or remove the line.', zh: '核销金额须大于零，请修改或删除该行。' },
  'allocation.overItem': { en: 'More than is open on this item. Lower the amount to what is open.', zh: '核销金额超过该单据未结金额，请调低金额。' },
  'allocation.overPayment': {
    en: 'The items add up to more than the payment. Lower an amount, or record a larger payment.', zh: '核销合计超过付款金额，请调低核销金额或登记更大的付款。',
  },
} satisfies Record<string, Text>
