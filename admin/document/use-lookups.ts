import { useEffect, useMemo, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { request } from '../kit/api.ts'
import type { FormValues } from '../kit/field-values.ts'

type Taken = Readonly<Record<string, unknown>>
type Source = { readonly field: FieldDefinition; readonly to: string; readonly id: string; readonly of: string }

/**
 * What is taken over from the records that someone has just chosen, before it is saved: by name of the field. Only what differs from the
 * stored document is asked for; what the reader may not see stays empty until the server has saved it.
 */
export function useLookups({ entity, document }: DocumentView, values: FormValues): Taken {
  const [rows, setRows] = useState<Readonly<Record<string, Taken>>>({})
  const lookups = useMemo(() => entity.fields.filter(({ lookup }) => lookup), [entity])
  const sources = lookups.flatMap((field): Source[] => {
    const { through = '', of = '' } = field.lookup ?? {}
    const id = values[through]
    const to = entity.fields.find(({ name }) => name === through)?.to
    return to === undefined || typeof id !== 'string' || id === (document?.[through] ?? '') ? [] : [{ field, to, id, of }]
  })
  const asked = [...new Set(sources.filter(({ id }) => id !== '').map(({ to, id }) => `${to}/${encodeURIComponent(id)}`))].filter((path) => !(path in rows)).join(' ')
  useEffect(() => {
    for (const path of asked.split(' ').filter(Boolean)) {
      request<Taken>(`/api/${path}?depth=0`).then((row) => setRows((old) => ({ ...old, [path]: row })), () => setRows((old) => ({ ...old, [path]: {} })))
    }
  }, [asked])
  return useMemo(
    () => Object.fromEntries(sources.map(({ field, to, id, of }) => [field.name, rows[`${to}/${encodeURIComponent(id)}`]?.[of] ?? null])),
    [JSON.stringify(sources.map(({ field, to, id }) => [field.name, to, id])), rows],
  )
}
