import { date, quantity, relation } from '../../../config/language/fields.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { requireRight } from '../../core/access/can.ts'
import { failRefused } from '../../core/errors.ts'
import type { Place } from '../engine/effective.ts'
import { BillCycleError } from '../engine/levels.ts'

/** Questions about the structure of parts name a part, and where and when it is asked about. */
export const partInput = relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', required: true })
export const placeInput = [
  relation('site', { en: 'Site', zh: '地点' }, { to: 'sites', help: { en: 'Empty: the bills for every site.', zh: '留空则按通用物料清单。' } }),
  date('date', { en: 'On', zh: '日期' }, { help: { en: 'Empty: today.', zh: '留空则为今天。' } }),
]
export const quantityInput = quantity('quantity', { en: 'Quantity', zh: '数量' }, { min: 0, help: { en: 'In the stock unit; empty: one.', zh: '按库存单位；留空则为 1。' } })

/** More rows than anyone reads; the answer says that there are more. */
export const longestTree = 20_000

export type StructureInput = Readonly<Record<string, unknown>>

export const idOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

export async function placeOf(context: CommandContext, input: StructureInput): Promise<Place & { readonly site: string | null }> {
  return { site: idOf(input.site) ?? null, date: idOf(input.date) ?? await context.today() }
}

/** The part that is asked about; whoever asks may read bills of material, parts too. */
export async function askedPart(context: CommandContext, input: StructureInput): Promise<string> {
  for (const entity of ['bom-versions', 'parts']) requireRight(context.actor, 'read', context.entity(entity))
  return (await context.store.require('parts', String(input.part))).id
}

/** Data that were brought in may hold what a release would refuse: the way round is told then, by part numbers. */
export async function tellCycles<Answer>({ store }: CommandContext, work: () => Answer): Promise<Answer> {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof BillCycleError)) throw error
    const parts = await store.byIds('parts', error.path)
    const path = error.path.map((id) => parts.get(id)?.partNumber ?? id).join(' → ')
    return failRefused([{ code: 'cycle', message: {
      en: `The bills of material go round: ${path}. Release a revision of one of them without the next part.`,
      zh: `物料清单存在循环：${path}。请修订其中一份，移除后一物料并发布。`,
    } }])
  }
}
