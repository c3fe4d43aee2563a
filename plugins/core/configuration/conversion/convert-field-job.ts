import type { EntityDefinition } from '../../../../config/language/entity.ts'
import type { Json } from '../../../../config/language/text.ts'
import type { RevisionInputs } from '../../../../config/language/revision.ts'
import { systemActor } from '../../access/actor.ts'
import type { CommandContext } from '../../commands/context.ts'
import { appendHistories, type HistoryEntry } from '../../commands/record.ts'
import { transact } from '../../commands/transact.ts'
import { openStore } from '../../data/open-store.ts'
import type { Row } from '../../data/store.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { NewJob } from '../../jobs/run-jobs.ts'
import { platformOf } from '../../platform/platform.ts'
import { publishedFieldsOf } from '../../platform/own-fields.ts'
import { inPages } from '../../verify/pages.ts'
import { conversionForm, conversionOf, leftRows, type Conversion } from './conversion-rows.ts'
import { convertValue, type ConversionForm } from './convert-value.ts'

type Input = { readonly entity: string; readonly field: string }

const kind = 'convertField'
const rowsPerTransaction = 200

/** What has to be taken over once a revision is current that the one before did not have. */
export function conversionJobs(inputs: RevisionInputs, previous: RevisionInputs, actor: string): readonly NewJob[] {
  return Object.entries(inputs.fields).flatMap(([entity, fields]) => {
    const known = new Set(publishedFieldsOf(previous, entity).map(({ name }) => name))
    return fields.filter(({ name, convertedFrom }) => convertedFrom !== undefined && !known.has(name)).map(({ name }) => ({ kind, actor, input: { entity, field: name }, subject: conversionSubject(entity, name) }))
  })
}

export const conversionSubject = (entity: string, field: string): string => `${entity}.${field}`

/** Takes over the values of a field into the one that replaces it, some rows a transaction. What cannot be taken over is left, and told by the report. */
export const convertFieldJob: JobKind = {
  name: kind, label: { en: 'Take over the values of a field', zh: '转换字段的值' },
  async run({ payload, input, signal }): Promise<Json> {
    const { entity: slug, field } = input as Input
    const entity = platformOf(payload).entities.get(slug)
    const conversion = entity && conversionOf(entity, field)
    if (!conversion) return {}
    const store = openStore(payload)
    const form = await conversionForm(store)
    let converted = 0
    let missed: number
    do {
      missed = 0
      for await (const page of inPages(store.stream(slug, leftRows(conversion)), rowsPerTransaction)) {
        signal.throwIfAborted()
        const done = await transact(payload, { actor: systemActor }, (context) => convertPage(context, { entity, conversion, form, page: page as readonly Row[] }))
        converted += done.converted
        missed += done.missed
      }
      // Rows that someone changed meanwhile are read again.
    } while (missed > 0)
    return { converted, left: await store.count(slug, leftRows(conversion)) }
  },
}

type Page = { readonly entity: EntityDefinition; readonly conversion: Conversion; readonly form: ConversionForm; readonly page: readonly Row[] }

async function convertPage(context: CommandContext, { entity, conversion, form, page }: Page): Promise<{ converted: number; missed: number }> {
  const { from, to } = conversion
  const entries: HistoryEntry[] = []
  let converted = 0
  let missed = 0
  for (const row of page) {
    const result = convertValue(conversion, row[from.name], form)
    if ('problem' in result) continue
    const isVersioned = typeof row.version === 'number'
    const changes = { [to.name]: result.value, ...(isVersioned && { version: Number(row.version) + 1 }) }
    const where = isVersioned ? { version: { equals: row.version } } : { [to.name]: { exists: false } }
    if (!(await context.store.update(entity.slug, row.id, changes, where))) {
      missed++
      continue
    }
    converted++
    if (!isVersioned) continue
    const state = (row.workflow as { state?: string } | undefined)?.state
    entries.push({
      entity: entity.slug, document: { ...row, ...changes }, action: 'edit', changes: { [to.name]: [null, result.value] }, reason: `${from.label[form.language]} → ${to.label[form.language]}`,
      ...(state === undefined ? {} : { stateBefore: state, stateAfter: state }),
    })
  }
  await appendHistories(context, entries)
  return { converted, missed }
}
