import type { WorkList } from '../core/platform/plugin.ts'

/** What waits for inspectors and quality managers. */
export const qmsWork: readonly WorkList[] = [
  {
    name: 'qms.waitingInspections', entity: 'inspections', roles: ['inspector', 'qualityManager'], event: 'start',
    label: { en: 'Lots to inspect', zh: '待检批次' },
    reason: { en: 'On hold until the verdict.', zh: '判定前库存不可用。' },
    where: () => ({ 'workflow.state': { equals: 'waiting' } }),
  },
  {
    name: 'qms.judgedInspections', entity: 'inspections', roles: ['inspector', 'qualityManager'],
    label: { en: 'Inspections to decide', zh: '待判定检验单' },
    reason: { en: 'The sample has decided; the lot still waits.', zh: '样本已可判定，批次仍待处理。' },
    where: () => ({ 'workflow.state': { equals: 'inspecting' }, judgement: { not_equals: 'pending' } }),
  },
  {
    name: 'qms.openNonconformances', entity: 'nonconformances', roles: ['qualityManager'], urgent: true,
    label: { en: 'Nonconformances to decide', zh: '待处置不合格品' },
    reason: { en: 'Nobody has said yet what becomes of the goods.', zh: '不合格品尚未确定处置方式。' },
    where: () => ({ 'workflow.state': { in: ['open', 'contained'] } }),
  },
  {
    name: 'qms.discontinuedSeries', entity: 'sampling-series', roles: ['qualityManager'], urgent: true, event: 'resume',
    label: { en: 'Sampling discontinued', zh: '暂停抽样检验' },
    reason: { en: 'Five lots were not accepted on tightened inspection.', zh: '加严检验中累计五批不接收。' },
    where: () => ({ 'workflow.state': { equals: 'discontinued' } }),
  },
]
