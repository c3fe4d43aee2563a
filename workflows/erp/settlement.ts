import { compare, field } from '../../config/language/references.ts'
import type { EventDefinition, Reference } from '../../config/language/workflow.ts'

/** Invoices, credit notes and bills settle and open again by themselves, as their open amount reaches and leaves zero. */
export const settleEvent: EventDefinition = { label: { en: 'Settle', zh: '结清' }, past: 'settled', roles: ['system'] }
export const reopenEvent: EventDefinition = { label: { en: 'Open again', zh: '恢复未结' }, past: 'reopened', roles: ['system'] }

export const nothingOpen: Reference = compare({
  left: field('openAmount'), operator: '=', right: 0, refusal: { en: 'An amount is still open.', zh: '仍有未结金额。' },
})

export const somethingOpen: Reference = compare({
  left: field('openAmount'), operator: '>', right: 0, refusal: { en: 'Nothing is open any more.', zh: '已无未结金额。' },
})
