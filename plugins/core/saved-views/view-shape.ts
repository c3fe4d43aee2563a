import { z } from 'zod'
import type { Finding } from '../../../config/language/refusal.ts'
import { calendarScales, chartShapes, viewAggregates, viewBuckets, viewKinds, viewSharings, type ViewDefinition, type ViewSharing } from '../../../config/language/view.ts'
import { failInput } from '../errors.ts'

const name = z.string().min(1).max(60)
const definition = z.strictObject({
  kind: z.enum(viewKinds),
  fields: z.array(name).max(60).optional(),
  widths: z.record(name, z.int().min(40).max(1_200)).optional(),
  search: z.string().max(200).optional(),
  state: name.optional(),
  filters: z.array(z.strictObject({ field: name, operator: name, value: z.string().max(4_000) })).max(30).optional(),
  sort: z.string().max(61).regex(/^-?\w+$/).optional(),
  groupBy: name.optional(), bucket: z.enum(viewBuckets).optional(), measure: name.optional(), aggregate: z.enum(viewAggregates).optional(), shape: z.enum(chartShapes).optional(),
  from: name.optional(), to: name.optional(), scale: z.enum(calendarScales).optional(), title: name.optional(), picture: name.optional(),
})
/** Names stand in one line. */
const oneLine = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u
const called = z.string().trim().min(1).max(80).regex(oneLine)
const written = {
  name: called, nameZh: z.string().trim().max(80).regex(oneLine).nullish(), view: definition,
  sharing: z.enum(viewSharings).optional(), roles: z.array(z.string().max(64)).max(100).optional(), standard: z.boolean().optional(),
}
const created = z.strictObject({ ...written, kind: z.literal('view').optional(), entity: z.string().max(80).optional() })
const changed = z.strictObject({ ...written, expectedVersion: z.int().optional() }).partial()

/** What someone writes of a view; everything but its name and definition may be absent. */
export type WrittenView = {
  readonly name: string; readonly nameZh?: string | null; readonly view: ViewDefinition
  readonly sharing?: ViewSharing; readonly roles?: readonly string[]; readonly standard?: boolean; readonly entity?: string
}
export type ChangedView = Partial<Omit<WrittenView, 'entity'>> & { readonly expectedVersion?: number }

/** A new view, or the file of one. @throws ProblemError 422 with the place of everything that is wrong */
export const writtenViewOf = (given: unknown): WrittenView => read(created, given) as WrittenView
/** @throws ProblemError 422 with the place of everything that is wrong */
export const changedViewOf = (given: unknown): ChangedView => read(changed, given) as ChangedView

function read(schema: z.ZodType, given: unknown): unknown {
  const parsed = schema.safeParse(given)
  if (!parsed.success) failInput(parsed.error.issues.slice(0, 50).map(misshapen))
  return parsed.data
}

function misshapen(issue: z.core.$ZodIssue): Finding {
  const place = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
  const path = place.map((part) => String(part).slice(0, 60)).join('.')
  if (issue.code === 'invalid_format' && place.at(-1) !== 'sort') return { code: 'misshapen', path, severity: 'error', message: { en: `${path} holds line breaks, or signs that cannot be shown. Remove them.`, zh: `${path} 含换行或无法显示的字符，请去掉。` } }
  const known = issue.code === 'invalid_value' ? issue.values.map(String).join(', ') : ''
  return {
    code: 'misshapen', path, severity: 'error',
    message: known
      ? { en: `${path} is none of ${known}.`, zh: `${path} 须为以下之一：${known}。` }
      : { en: `${path || 'The view'} is missing, of another type, too long, or nothing that a view has. docs/views.md shows what a view looks like.`, zh: `${path || '视图'} 缺失、类型不符、过长，或不是视图的属性。格式见 docs/views.md。` },
  }
}
