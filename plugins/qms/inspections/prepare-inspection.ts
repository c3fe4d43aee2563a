import type { Finding } from '../../../config/language/refusal.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { failInput, failRefused } from '../../core/errors.ts'
import type { Draft, EntityBehaviour } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { judgeSamples } from './judge-samples.ts'

export const inspectionBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const inspection = typed<'inspections'>(draft.document)
    const plan = inspection.plan ? await context.store.get('inspection-plans', inspection.plan) : undefined
    if (plan) {
      inspection.stage = plan.stage
      inspection.part = plan.part
      inspection.supplier ||= plan.supplier ?? null
    }
    inspection.lot ??= ''
    const findings = [...movedLot(draft), ...(isInspecting(draft) ? judgeSamples(inspection, typedRows<'inspection-samples'>(draft.lines)) : tooEarly(draft))]
    if (findings.length > 0) failInput(findings)
  },
  async stored(context, { document, previous }) {
    const { id, receipt, traceId } = typed<'inspections'>(document)
    if (!previous && receipt) await context.link({ entity: 'receipts', id: receipt }, { entity: 'inspections', id }, traceId)
  },
  async discarding(_, document) {
    const { onHold, number } = typed<'inspections'>(document)
    if (onHold) failRefused([{
      code: 'inspection.onHold',
      message: { en: `Stock waits for the verdict of ${number}. Inspect it, or release it without inspection.`, zh: `库存正等待 ${number} 的判定，请完成检验或免检放行。` },
    }])
  },
}

const isInspecting = ({ previous }: Draft) => previous !== undefined && stateOf(previous) === 'inspecting'

const identity = ['plan', 'supplier', 'quantity', 'lot', 'location'] as const

/** What is on hold, or was sampled already, stays the lot that it is. */
function movedLot(draft: Draft): Finding[] {
  if (!draft.previous) return []
  const [before, after] = [typed<'inspections'>(draft.previous), typed<'inspections'>(draft.document)]
  if (!before.onHold && !isInspecting(draft)) return []
  return identity.filter((name) => (before[name] ?? '') !== (after[name] ?? '')).map((name) => ({
    code: 'inspection.lotFixed', path: name, severity: 'error',
    message: { en: 'The lot is on hold or was sampled already. Leave it as it is, and open another inspection for another lot.', zh: '该批次已待检或已抽样，不能更改。如为其他批次，请另开检验单。' },
  }))
}

function tooEarly({ lines }: Draft): Finding[] {
  return lines.length === 0 ? [] : [{
    code: 'inspection.notStarted', path: 'lines', severity: 'error',
    message: { en: 'There is no sample yet. Draw it first; then enter what is found.', zh: '尚未抽样。请先“抽样开检”，再录入结果。' },
  }]
}
