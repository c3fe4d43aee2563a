import type { WorkList } from '../core/platform/plugin.ts'

const inReview = { 'workflow.state': { equals: 'inReview' } }
const reason = { en: 'Submitted and not released yet.', zh: '已提交，尚未发布。' }

/** What engineers have finished and nobody has released. */
export const mrpWork: readonly WorkList[] = [
  { name: 'mrp.billsToRelease', entity: 'bom-versions', roles: ['productionManager'], event: 'release', label: { en: 'Bills to release', zh: '待发布的物料清单' }, reason, where: () => inReview },
  { name: 'mrp.routingsToRelease', entity: 'routings', roles: ['productionManager'], event: 'release', label: { en: 'Routings to release', zh: '待发布的工艺路线' }, reason, where: () => inReview },
]
