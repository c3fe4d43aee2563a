import type { Inspections, SamplingSeries } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Store } from '../../core/data/store.ts'
import { DuplicateRow, RetryCommand } from '../../core/errors.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { isAql } from '../engine/sampling.ts'
import type { PlanLetter } from '../engine/sampling-tables.ts'
import { afterLot, initialState, type Severity, type SwitchingState } from '../engine/switching.ts'

type Source = Pick<Inspections, 'plan' | 'supplier'>

/** One series for each plan and supplier: lots of different sources say nothing about one another. */
export const seriesKey = ({ plan, supplier }: Source): string => `${plan}/${supplier ?? ''}`

export async function seriesOf(store: Store, source: Source): Promise<SamplingSeries | undefined> {
  return store.findOne('sampling-series', { source: { equals: seriesKey(source) } })
}

/** Where a series stands; one that has no lot yet begins as normal. */
export function switchingOf(series: SamplingSeries | undefined): SwitchingState {
  if (!series) return initialState
  const { recent, score, acceptedInRow, notAccepted } = series
  return { severity: stateOf(series as never) as Severity, recent: (recent as readonly boolean[] | null) ?? [], score: score ?? 0, acceptedInRow: acceptedInRow ?? 0, notAccepted: notAccepted ?? 0 }
}

/**
 * Counts a lot that was judged by its sample, and switches the series where that is due. Lots inspected again after rework, and lots
 * of which every unit was to be inspected, do not count.
 */
export async function countLot(context: CommandContext, inspection: Inspections): Promise<void> {
  const { plan, supplier, sampling, nonconformance, aql, judgement } = inspection
  if (sampling !== 'aql' || nonconformance || !isAql(aql)) return
  const series = (await seriesOf(context.store, inspection)) ?? (await openSeries(context, inspection))
  const before = switchingOf(series)
  const after = afterLot(before, {
    aql, nonconforming: inspection.nonconforming ?? 0, accepted: judgement === 'accept',
    plan: {
      codeLetter: inspection.codeLetter as PlanLetter, sampleSize: inspection.sampleSize ?? 0,
      acceptanceNumber: inspection.acceptanceNumber ?? 0, rejectionNumber: inspection.rejectionNumber ?? 1,
    },
  }, { mayReduce: (await context.store.require('inspection-plans', plan)).mayReduce ?? false })
  await context.store.update('sampling-series', series.id, { ...figuresOf(after), lots: { $inc: 1 }, lastInspection: inspection.id, supplier: supplier ?? null })
  const event = after.severity === before.severity ? undefined : switches[after.severity]
  if (event) await context.send('sampling-series', series.id, event)
}

/** What leads there. Only a person resumes what was discontinued. */
const switches: Readonly<Record<Severity, string>> = { normal: 'normalise', tightened: 'tighten', reduced: 'reduce', discontinued: 'discontinue' }

const figuresOf = ({ recent, score, acceptedInRow, notAccepted }: SwitchingState) => ({ recent: [...recent], score, acceptedInRow, notAccepted })

async function openSeries(context: CommandContext, { plan, supplier, company }: Inspections): Promise<SamplingSeries> {
  try {
    const id = await context.create('sampling-series', { values: { plan, supplier: supplier ?? null, company, source: seriesKey({ plan, supplier: supplier ?? null }), ...figuresOf(initialState) } })
    return await context.store.require('sampling-series', id)
  } catch (error) {
    if (error instanceof DuplicateRow) throw new RetryCommand('Another verdict opened the series at the same moment.', { cause: error })
    throw error
  }
}
