import type { InspectionPlans, Inspections, SamplingSeries } from '../../../config/generated/entities.ts'
import { option, select } from '../../../config/language/fields.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import { typedRows } from '../../core/data/typed-rows.ts'
import type { FactLoader } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { seriesKey } from '../series/sampling-series.ts'

/** What the guards of an inspection ask of others. */
export const inspectionFacts: readonly FactLoader[] = [
  {
    name: 'qms.plan',
    async load(store, { documents }) {
      const plans = await store.byIds('inspection-plans', documents.map(({ plan }) => plan as string | null))
      return new Map(documents.map(({ id, plan }) => [id, plans.get(String(plan)) ?? null]))
    },
  },
  {
    name: 'qms.series',
    async load(store, { documents }) {
      const inspections = typedRows<'inspections'>(documents)
      const known = await store.find('sampling-series', { where: { source: { in: inspections.map(seriesKey) } } })
      const bySource = new Map(known.map((series) => [series.source, series]))
      return new Map(inspections.map((inspection) => [inspection.id, bySource.get(seriesKey(inspection)) ?? null]))
    },
  },
]

export const inspectionGuards: readonly GuardType[] = [
  {
    type: 'qms.planReady', label: { en: 'The plan says what to inspect', zh: '检验方案可执行' }, facts: ['qms.plan'],
    check({ facts, document }) {
      const plan = facts['qms.plan'] as InspectionPlans | null
      if (!plan?.characteristics?.length) return refuse('noCharacteristics', { en: 'The plan has no characteristics yet. Enter there what is inspected.', zh: '检验方案尚无检验项目，请先在方案中维护。' }, 'plan')
      if (!(Number(document.quantity) > 0)) return refuse('noQuantity', { en: 'The lot has no quantity. Enter one above zero.', zh: '批量为零，请填写大于零的批量。' }, 'quantity')
      return true
    },
  },
  {
    type: 'qms.notDiscontinued', label: { en: 'Sampling was not discontinued', zh: '抽样检验未暂停' }, facts: ['qms.plan', 'qms.series'],
    check({ facts }) {
      const series = facts['qms.series'] as SamplingSeries | null
      if ((facts['qms.plan'] as InspectionPlans | null)?.sampling !== 'aql' || !series || stateOf(series as never) !== 'discontinued') return true
      return refuse('discontinued', {
        en: `Five lots were not accepted on tightened inspection: sampling is discontinued. Once the supplier has improved, a quality manager resumes ${series.number}; until then, release or return the lot.`,
        zh: `加严检验中已有五批不接收，抽样检验暂停。供方改进后由质量经理在 ${series.number} 恢复；在此之前请免检放行或退货。`,
      })
    },
  },
  {
    type: 'qms.judgement', label: { en: 'The sample allows it', zh: '样本判定' }, facts: [],
    params: [select('as', { en: 'As', zh: '判定' }, { required: true, options: [option('accept', { en: 'Acceptable', zh: '可接收' }), option('reject', { en: 'Not acceptable', zh: '不可接收' })] })],
    condition: ({ as = null }) => ({ subject: 'judgement', of: ['pending', 'accept', 'reject'], in: [String(as)] }),
    check({ params, document }) {
      const inspection = document as unknown as Inspections
      return inspection.judgement === params.as || sentence(inspection)
    },
  },
]

/** What the sample says, and what follows from it. */
function sentence({ judgement, inspectedUnits: inspected, sampleSize: n, nonconforming: bad, acceptanceNumber: ac, rejectionNumber: re, criticalUnits }: Inspections): Refusal {
  const critical = criticalUnits ? { en: `, ${criticalUnits} of them in a critical characteristic`, zh: `，其中关键项 ${criticalUnits}` } : { en: '', zh: '' }
  if (judgement === 'pending') return refuse('open', { en: `${inspected} of ${n} units are inspected. Enter the rest: fewer than ${re} nonconforming accept the lot.`, zh: `已检 ${inspected}/${n}。请完成其余样本：不合格数小于 ${re} 时接收。` })
  if (judgement === 'accept') return refuse('acceptable', { en: `${bad} nonconforming in ${n}, ${ac} are allowed: the lot is accepted. Set single units aside with “Accept lot”.`, zh: `样本 ${n} 中不合格 ${bad}，接收数 ${ac}，应予接收；个别不合格品可在“接收”时剔除。` })
  return refuse('notAcceptable', { en: `${bad} nonconforming${critical.en}, ${re} are too many: reject the lot, or accept a part after sorting.`, zh: `不合格 ${bad}${critical.zh}，达到拒收数 ${re}：请拒收，或挑选后部分接收。` })
}

const refuse = (code: string, message: Refusal['message'], path?: string): Refusal => ({ code: `inspection.${code}`, message, ...(path === undefined ? {} : { path }) })
