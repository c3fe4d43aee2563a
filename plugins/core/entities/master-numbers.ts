import type { CommandContext } from '../commands/context.ts'
import type { EntityBehaviour } from '../platform/plugin.ts'

/** `key`: of the series that is counted; absent: the prefix. */
type Series = { readonly entity: string; readonly field: string; readonly prefix: string; readonly key?: string }

/** Masters that get a number when they are created without one. */
export const masterNumbers: Readonly<Record<string, EntityBehaviour>> = {
  customers: numbered({ entity: 'customers', field: 'number', prefix: 'C' }),
  suppliers: numbered({ entity: 'suppliers', field: 'number', prefix: 'S' }),
  parts: numbered({ entity: 'parts', field: 'partNumber', prefix: 'P' }),
}

/** Gives new records the next free number of a series, where they have none. */
export function numbered(series: Series): EntityBehaviour {
  return {
    async fill(context, drafts) {
      const given = new Set(drafts.map(({ document }) => document[series.field]))
      const empty = drafts.filter(({ document: { [series.field]: number }, previous }) => !previous && !(typeof number === 'string' && number.trim() !== ''))
      const free = await nextFree(context, { series, count: empty.length, given })
      empty.forEach(({ document }, index) => { document[series.field] = free[index] })
    },
  }
}

/** C-00001, C-00002 …: people may have given some of them by hand. */
async function nextFree(
  { store }: CommandContext, { series: { entity, field, prefix, key = prefix }, count, given }: { readonly series: Series; readonly count: number; readonly given: ReadonlySet<unknown> },
): Promise<string[]> {
  const free: string[] = []
  while (free.length < count) {
    const wanted = count - free.length
    const last = await store.nextNumber(key, { count: wanted })
    const numbers = Array.from({ length: wanted }, (_, index) => `${prefix}-${String(last - wanted + 1 + index).padStart(5, '0')}`)
    const taken = new Set((await store.find<string>(entity, { where: { [field]: { in: numbers } } })).map((row) => row[field]))
    free.push(...numbers.filter((number) => !taken.has(number) && !given.has(number)))
  }
  return free
}
