import type { Text } from './language/text.ts'

export type Phase = {
  readonly slug: string
  readonly number: 1 | 2 | 3 | 4
  readonly name: Text
  /** The firm it usually fits. */
  readonly firm: Text
  /** What hurts when the time has come. */
  readonly symptoms: Text
}

/** Stages of growth. They are defaults, not a ladder: what is ready is measured, and a firm may go its own way. */
export const phases = [
  {
    slug: 'start', number: 1,
    name: { en: 'Get order into the books', zh: '起步：进销存与客户' },
    firm: { en: '5–30 people', zh: '5–30 人' },
    symptoms: {
      en: 'Customers live in someone’s phone; nobody knows what was shipped and what was paid.',
      zh: '客户都在老板微信里；发了什么货、收了多少款说不清。',
    },
  },
  {
    slug: 'grow', number: 2,
    name: { en: 'Get the warehouse in hand', zh: '成长：仓储与订单' },
    firm: { en: '30–150 people', zh: '30–150 人' },
    symptoms: {
      en: 'Stock on paper that nobody finds; orders that cannot be shipped; wrong picks; books that do not tie.',
      zh: '有货没数，有单发不了；拣错货；账实不符。',
    },
  },
  {
    slug: 'scale', number: 3,
    name: { en: 'Plan, make and move', zh: '规模：计划、制造与运输' },
    firm: { en: 'More than 150 people', zh: '150 人以上' },
    symptoms: {
      en: 'Nobody knows how far the shop floor is; quality lives on paper; freight eats the margin.',
      zh: '车间进度没人说得清；质量靠纸质表单；运费吃掉利润。',
    },
  },
  {
    slug: 'integrate', number: 4,
    name: { en: 'One chain, one truth', zh: '集成：研发与供应链协同' },
    firm: { en: 'Groups and listed firms', zh: '集团与上市公司' },
    symptoms: {
      en: 'One product, five versions of it; suppliers’ statements are compared by hand.',
      zh: '一个东西五个版本；供应商对账靠人工。',
    },
  },
] as const satisfies readonly Phase[]

export type PhaseSlug = (typeof phases)[number]['slug']
