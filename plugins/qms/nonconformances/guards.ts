import { sumExact, formatDecimal, scales } from '../../core/engine/decimal.ts'
import type { NonconformanceDispositions, Nonconformances } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import { typedRows } from '../../core/data/typed-rows.ts'
import type { FactLoader } from '../../core/platform/plugin.ts'
import { undecided } from '../engine/dispositions.ts'
import { fittingPlans } from '../inspections/fitting-plans.ts'

const ended = ['accepted', 'partlyAccepted', 'rejected', 'waived']

export const nonconformanceFacts: readonly FactLoader[] = [
  {
    /** Inspections of what was reworked that are not done: their numbers. */
    name: 'qms.openReinspections',
    async load(store, { documents }) {
      const open = await store.find('inspections', {
        where: { and: [{ nonconformance: { in: documents.map(({ id }) => id) } }, { 'workflow.state': { not_in: ended } }] }, sort: 'number',
      })
      return new Map(documents.map(({ id }) => [id, open.filter(({ nonconformance }) => nonconformance === id).map(({ number }) => number)]))
    },
  },
  {
    /** Whether the part has a plan by which rework can be inspected. */
    name: 'qms.reworkPlan',
    async load(store, { documents }) {
      const rows = typedRows<'nonconformances'>(documents)
      const own = await store.byIds('inspections', rows.map(({ inspection }) => inspection))
      const plans = await fittingPlans(store, { parts: rows.map(({ part }) => part) })
      return new Map(rows.map(({ id, part, inspection }) => [id, own.get(inspection ?? '')?.plan ?? plans.get(part)?.id ?? null]))
    },
  },
]

export const nonconformanceGuards: readonly GuardType[] = [
  {
    type: 'qms.dispositionsAddUp', label: { en: 'Dispositions add up, and each can be carried out', zh: '处置数量合计一致且可执行' }, facts: ['core.lines', 'qms.reworkPlan'],
    check({ document, facts }) {
      const nonconformance = document as unknown as Nonconformances
      const lines = (facts['core.lines'] ?? []) as readonly NonconformanceDispositions[]
      const rest = undecided(nonconformance.quantity, lines)
      if (rest !== 0) return sumRefusal(nonconformance.quantity, sumExact(lines.map(({ quantity }) => quantity)))
      if (lines.some(({ disposition }) => disposition === 'return') && !nonconformance.receiptLine) {
        return refuse('noReceipt', { en: 'Only what came with a goods receipt can be returned to the supplier. Choose another disposition.', zh: '仅由收货单入库的物料可退回供应商，请选择其他处置方式。' })
      }
      if (lines.some(({ disposition }) => disposition === 'rework') && !facts['qms.reworkPlan']) {
        return refuse('noPlan', { en: 'Rework is inspected again, and the part has no inspection plan. Make one first.', zh: '返工后须重新检验，但该物料没有检验方案，请先建立。' })
      }
      return true
    },
  },
  {
    type: 'qms.reworkInspected', label: { en: 'Rework was inspected', zh: '返工已复检' }, facts: ['qms.openReinspections'],
    check({ facts }) {
      const open = (facts['qms.openReinspections'] ?? []) as readonly string[]
      return open.length === 0 || refuse('notVerified', { en: `What was reworked waits for ${open.join(', ')}. Finish the inspection first.`, zh: `返工品尚待 ${open.join('、')} 复检，请先完成检验。` })
    },
  },
]

function sumRefusal(quantity: number, decided: number): Refusal {
  const [all, sum] = [quantity, decided].map((value) => formatDecimal(value, scales.quantity))
  return refuse('sum', { en: `${sum} of ${all} are decided. The dispositions must add up to all of it.`, zh: `已处置 ${sum}，不合格数量为 ${all}，两者必须一致。` })
}

const refuse = (code: string, message: Refusal['message']): Refusal => ({ code: `nonconformance.${code}`, message })
