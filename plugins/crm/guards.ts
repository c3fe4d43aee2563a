import type { Customers, Parts, QuoteLines } from '../../config/generated/entities.ts'
import type { Refusal } from '../../config/language/refusal.ts'
import type { GuardType } from '../../workflows/engine/registry.ts'
import type { QuoteParts } from './quote-facts.ts'

export const crmGuards: readonly GuardType[] = [
  {
    type: 'crm.convertible', label: { en: 'Lead can be converted', zh: '线索可转商机' }, facts: [],
    check({ document: { personName, email, phone, opportunity } }) {
      if (opportunity) return refuse('converted', { en: 'The lead led to an opportunity already. Open that one.', zh: '该线索已转为商机，请直接打开对应商机。' })
      if (personName || email || phone) return true
      return refuse('noContact', {
        en: 'Nobody can be reached yet. Enter a person, an email or a phone number.', zh: '尚无联系方式，请填写联系人、邮箱或电话。',
      })
    },
  },
  {
    type: 'crm.partsQuotable', label: { en: 'Everything on it may be offered', zh: '明细可报价' }, facts: ['core.lines', 'crm.parts', 'crm.customer'],
    check({ facts }) {
      const customer = facts['crm.customer'] as Customers | null
      if (customer && customer.status !== 'active') {
        return refuse('customerInactive', {
          en: `The customer ${customer.name} is not active. Activate the customer, or choose another.`,
          zh: `客户“${customer.nameZh ?? customer.name}”未启用，请先启用或更换客户。`,
        }, 'customer')
      }
      const lines = (facts['core.lines'] as readonly QuoteLines[] | null) ?? []
      const parts = facts['crm.parts'] as QuoteParts | null
      const problems = lines.flatMap((line) => lineProblem(line, parts?.get(line.part)) ?? [])
      const [first] = problems
      if (!first) return true
      const more = problems.length - 1
      return refuse('partsNotQuotable', {
        en: first.en + (more > 0 ? ` ${more} more ${more === 1 ? 'line has' : 'lines have'} a problem.` : ''),
        zh: first.zh + (more > 0 ? `另有 ${more} 行存在问题。` : ''),
      }, 'lines')
    },
  },
  {
    type: 'crm.quoteAccepted', label: { en: 'A quote is accepted', zh: '报价已被接受' }, facts: ['crm.quotes'],
    check: ({ facts }) => Number(facts['crm.quotes'] ?? 0) > 0 || refuse('noAcceptedQuote', {
      en: 'No quote of this opportunity is accepted yet. Record the customer\'s acceptance on the quote.',
      zh: '该商机尚无已接受的报价，请先在报价单上登记客户接受。',
    }),
  },
]

function lineProblem(line: QuoteLines, part: Parts | undefined): Refusal['message'] | undefined {
  const name = { en: `Line ${line.position} (${part?.partNumber ?? '?'})`, zh: `第 ${line.position} 行（${part?.partNumber ?? '?'}）` }
  const say = (en: string, zh: string) => ({ en: `${name.en}: ${en}`, zh: `${name.zh}：${zh}` })
  if (line.quantity <= 0) return say('the quantity must be above zero.', '数量须大于零。')
  if (part?.status !== 'active' || !part.sellable) return say('the part may not be sold. Choose another part, or release it for sale.', '该物料不可销售，请更换物料或开放销售。')
  if ((line.unitPrice ?? null) === null) return say('there is no price. Enter one, or add it to the price list.', '没有单价，请填写单价或维护价目表。')
  if (!line.unit) return say('there is no unit. Choose one that converts to the stock unit.', '没有单位，请选择可换算为库存单位的单位。')
  return undefined
}

const refuse = (code: string, message: Refusal['message'], path?: string): Refusal => ({ code, message, ...(path === undefined ? {} : { path }) })
