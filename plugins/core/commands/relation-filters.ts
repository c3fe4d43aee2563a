import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Row } from '../data/store.ts'
import { conditionsOf, isWithin } from '../forms/relation-filter.ts'
import type { CommandContext } from './context.ts'

export type FilteredRow = {
  readonly entity: EntityDefinition
  readonly row: Row
  readonly before: Row | undefined
  readonly path: string
  /** Absent: the platform itself writes, which may choose anything. */
  readonly entered: ReadonlySet<string> | undefined
}

/** References that someone has chosen outside of what their filter allows; by the row they stand in. One query for each entity referred to. */
export async function outsideFilters<Placed extends FilteredRow>({ store }: CommandContext, rows: readonly Placed[]): Promise<readonly { readonly row: Placed; readonly finding: Finding }[]> {
  const chosen = rows.flatMap((placed) => placed.entity.fields.filter((field) => field.filter && isChosen(field, placed)).map((field) => ({
    placed, field, conditions: conditionsOf(field, placed.row), ids: [placed.row[field.name]].flat().filter((id): id is string => typeof id === 'string'),
  })))
  const found: { row: Placed; finding: Finding }[] = []
  for (const to of new Set(chosen.map(({ field }) => field.to ?? ''))) {
    const asked = chosen.filter(({ field }) => field.to === to)
    const targets = await store.byIds(to, asked.flatMap(({ ids }) => ids))
    for (const { placed, field, conditions, ids } of asked) {
      const outside = ids.some((id) => {
        const target = targets.get(id) as Row | undefined
        return target !== undefined && !isWithin(conditions, target)
      })
      if (outside) found.push({ row: placed, finding: outsideFinding(placed, field) })
    }
  }
  return found
}

/** Entered and another than before, or beside something else than before. */
function isChosen({ name, filter = [] }: FieldDefinition, { row, before, entered }: FilteredRow): boolean {
  const concerned = [name, ...filter.flatMap(({ same }) => same ?? [])]
  return entered !== undefined && concerned.some((one) => entered.has(one) && JSON.stringify(row[one] ?? null) !== JSON.stringify(before?.[one] ?? null))
}

function outsideFinding({ entity, path }: FilteredRow, field: FieldDefinition): Finding {
  const sames = (field.filter ?? []).flatMap(({ same }) => entity.fields.find(({ name }) => name === same)?.label ?? [])
  const beside = sames.length > 0 ? { en: ` It must belong to the same ${sames.map(({ en }) => en).join(', ')}.`, zh: `须与${sames.map(({ zh }) => zh).join('、')}一致。` } : { en: '', zh: '' }
  return {
    code: 'outsideFilter', path: path + field.name, severity: 'error',
    message: { en: `${field.label.en}: this one cannot be chosen here.${beside.en} Choose one that the list offers.`, zh: `${field.label.zh}：此处不能选择该记录。${beside.zh}请从列表中选择。` },
  }
}
