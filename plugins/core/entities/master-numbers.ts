import type { CommandContext } from '../commands/context.ts'
import type { EntityBehaviour } from '../platform/plugin.ts'

type Series = { readonly entity: 'customers' | 'suppliers' | 'parts'; readonly field: string; readonly prefix: string }

/** Masters that get a number when they are created without one. */
export const masterNumbers: Readonly<Record<string, EntityBehaviour>> = {
  customers: numbered({ entity: 'customers', field: 'number', prefix: 'C' }),
  suppliers: numbered({ entity: 'suppliers', field: 'number', prefix: 'S' }),
  parts: numbered({ entity: 'parts', field: 'partNumber', prefix: 'P' }),
}

function numbered(series: Series): EntityBehaviour {
  return {
    async prepare(context, { document, previous }) {
      const given = document[series.field]
      if (previous || (typeof given === 'string' && given.trim() !== '')) return
      document[series.field] = await nextFree(context, series)
    },
  }
}

/** C-00001, C-00002 …: people may have given some of them by hand. */
async function nextFree({ store }: CommandContext, { entity, field, prefix }: Series): Promise<string> {
  for (;;) {
    const number = `${prefix}-${String(await store.nextNumber(prefix)).padStart(5, '0')}`
    if (!(await store.findOne(entity, { [field]: { equals: number } }))) return number
  }
}
