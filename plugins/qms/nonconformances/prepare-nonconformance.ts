import { typed } from '../../core/data/typed-rows.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'

const identity = ['part', 'supplier', 'quantity', 'lot', 'location'] as const

export const nonconformanceBehaviour: EntityBehaviour = {
  async prepare(_, { document, previous }) {
    const nonconformance = typed<'nonconformances'>(document)
    nonconformance.lot ??= ''
    if (!previous || !typed<'nonconformances'>(previous).onHold) return
    const before = typed<'nonconformances'>(previous)
    const moved = identity.filter((name) => (before[name] ?? '') !== (nonconformance[name] ?? ''))
    if (moved.length > 0) failInput(moved.map((path) => ({
      code: 'nonconformance.stockFixed', path, severity: 'error',
      message: { en: 'The stock is blocked for this nonconformance. Leave it as it is, and open another one for other goods.', zh: '相关库存已为本单冻结，不能更改。如涉及其他物料，请另建处理单。' },
    })))
  },
  async stored(context, { document, previous }) {
    const { id, inspection, traceId } = typed<'nonconformances'>(document)
    if (!previous && inspection) await context.link({ entity: 'inspections', id: inspection }, { entity: 'nonconformances', id }, traceId)
  },
}
