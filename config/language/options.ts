import type { Option } from './entity.ts'
import { option } from './fields.ts'

/** Closed lists that an entity and the input of a workflow event share. */

export const lossReasons: readonly Option[] = [
  option('price', { en: 'Price', zh: '价格' }),
  option('delivery', { en: 'Delivery time', zh: '交期' }),
  option('quality', { en: 'Product or quality', zh: '产品或质量' }),
  option('competitor', { en: 'Competitor', zh: '竞争对手' }),
  option('cancelled', { en: 'Project cancelled', zh: '项目取消' }),
  option('silent', { en: 'No answer', zh: '无回应' }),
  option('other', { en: 'Other', zh: '其他' }),
]

export const activityTypes: readonly Option[] = [
  option('task', { en: 'Task', zh: '任务' }),
  option('call', { en: 'Call', zh: '电话' }),
  option('email', { en: 'Email', zh: '邮件' }),
  option('visit', { en: 'Visit', zh: '拜访' }),
]
