import type { InspectionPlans, InspectionSamples, Inspections } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import { scales } from '../../core/engine/decimal.ts'
import type { Row } from '../../core/data/store.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { failInput } from '../../core/errors.ts'
import type { ActionHandler, Step } from '../../core/platform/plugin.ts'
import { isAql, isInspectionLevel, planAll, planSample } from '../engine/sampling.ts'
import { countLot, seriesOf, switchingOf } from '../series/sampling-series.ts'
import { holdStock, moveStock } from '../stock.ts'
import { nonconformingUnits } from './judge-samples.ts'

const unit = 10 ** scales.quantity
/** A sample of more units begins as one row of units that are alike, to be split by whoever inspects them. */
const mostRows = 200

export const inspectionActions: readonly ActionHandler[] = [
  { type: 'qms.drawSample', label: { en: 'Draw the sample', zh: '确定样本' }, run: drawSample },
  {
    type: 'qms.acceptLot', label: { en: 'Accept the lot', zh: '接收批次' },
    async run(context, step) {
      const inspection = typed<'inspections'>(step.document)
      const asked = step.input.setAside as number | null | undefined
      const setAside = asked ?? Math.min(inspection.quantity, nonconformingUnits(typedRows<'inspection-samples'>(step.lines)) * unit)
      await verdict(context, step, between(setAside, inspection.quantity, 'setAside'))
    },
  },
  {
    type: 'qms.rejectLot', label: { en: 'Reject the lot', zh: '拒收批次' },
    run: (context, step) => verdict(context, step, typed<'inspections'>(step.document).quantity),
  },
  {
    type: 'qms.acceptPart', label: { en: 'Accept a part of the lot', zh: '部分接收' },
    async run(context, step) {
      const { quantity } = typed<'inspections'>(step.document)
      await verdict(context, step, quantity - between(Number(step.input.acceptedQuantity), quantity, 'acceptedQuantity'))
    },
  },
  {
    type: 'qms.releaseLot', label: { en: 'Release the lot', zh: '放行批次' },
    async run(context, step) {
      const inspection = typed<'inspections'>(step.document)
      inspection.acceptedQuantity = inspection.quantity
      await close(context, inspection)
    },
  },
]

/** Of as many whole units as the lot has; of goods that are weighed, a part of one counts as one. */
async function drawSample(context: CommandContext, { document, lines }: Step): Promise<void> {
  const inspection = typed<'inspections'>(document)
  const plan = await context.store.require('inspection-plans', inspection.plan)
  Object.assign(inspection, {
    sampling: plan.sampling, level: plan.level, aql: plan.aql, countBy: plan.countBy, characteristics: plan.characteristics,
    inspectedUnits: 0, nonconforming: 0, criticalUnits: 0, judgement: 'pending', startedAt: context.now,
    inspector: context.actor.id === 'system' ? null : context.actor.id, ...(await sampleOf(context, inspection, plan)),
  })
  if (!inspection.onHold && inspection.location) {
    await holdStock(context, { ...inspection, entity: 'inspections' }, 'quarantine')
    inspection.onHold = true
  }
  const sampleSize = inspection.sampleSize ?? 0
  const rows = sampleSize <= mostRows ? Array.from({ length: sampleSize }, () => 1) : [sampleSize]
  const drawn = rows.map((units, index): Row => ({ id: newId(), inspection: inspection.id, position: index + 1, units, serial: null, readings: null, nonconformities: 0, complete: false }))
  await context.store.insertMany('inspection-samples', drawn)
  lines.push(...drawn)
}

async function sampleOf(context: CommandContext, inspection: Inspections, { sampling, level, aql }: InspectionPlans): Promise<Partial<Inspections>> {
  const lotSize = Math.max(1, Math.ceil(inspection.quantity / unit))
  if (sampling === 'all' || !isAql(aql) || !isInspectionLevel(level)) return { ...planAll(lotSize), codeLetter: null, severity: 'normal' }
  const { severity } = switchingOf(await seriesOf(context.store, inspection))
  const used = severity === 'discontinued' ? 'tightened' : severity
  return { ...planSample({ lotSize, level, aql, severity: used }), severity: used }
}

/** Releases what is accepted, blocks the rest and opens a nonconformance about it, and lets the lot count. */
async function verdict(context: CommandContext, { document, lines }: Step, rejected: number): Promise<void> {
  const inspection = typed<'inspections'>(document)
  inspection.rejectedQuantity = rejected
  inspection.acceptedQuantity = inspection.quantity - rejected
  await countLot(context, inspection)
  await close(context, inspection)
  if (rejected > 0) await openNonconformance(context, inspection, typedRows<'inspection-samples'>(lines))
}

async function close(context: CommandContext, inspection: Inspections): Promise<void> {
  inspection.verdictDate = await context.today()
  if (!inspection.onHold) return
  const { acceptedQuantity: accepted = 0, rejectedQuantity: rejected = 0 } = inspection
  const held = { ...inspection, entity: 'inspections' } as const
  if (accepted > 0) await moveStock(context, { ...held, quantity: accepted }, { from: 'quarantine', to: 'usable' })
  if (rejected > 0) await moveStock(context, { ...held, quantity: rejected }, { from: 'quarantine', to: 'blocked' })
  inspection.onHold = false
}

async function openNonconformance(context: CommandContext, inspection: Inspections, samples: readonly InspectionSamples[]): Promise<void> {
  const failed = (inspection.characteristics ?? []).filter(({ failed: count }) => (count ?? 0) > 0)
  await context.create('nonconformances', {
    values: {
      inspection: inspection.id, part: inspection.part, supplier: inspection.supplier, quantity: inspection.rejectedQuantity, lot: inspection.lot,
      location: inspection.location, receiptLine: inspection.receiptLine, onHold: Boolean(inspection.location), company: inspection.company, traceId: inspection.traceId,
      severity: inspection.criticalUnits ? 'critical' : 'major',
      description: failed.map(({ code, name, nameZh, failed: count }) => `${code} ${[name, nameZh].filter(Boolean).join(' ')}: ${count}/${samples.reduce((sum, { units }) => sum + units, 0)}`).join('\n') || null,
    },
    sources: [{ entity: 'inspections', id: inspection.id }],
  })
}

function between(quantity: number, most: number, path: string): number {
  if (quantity >= 0 && quantity <= most) return quantity
  return failInput([{ code: 'inspection.beyondLot', path, severity: 'error', message: { en: 'The lot is not that large. Lower the quantity.', zh: '数量超过批量，请减少。' } }])
}
