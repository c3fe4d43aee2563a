import { file, money, quantity, table, text } from '../../config/language/fields.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { OwnEntity, RevisionInputs } from '../../config/language/revision.ts'
import type { Desk } from './busy-clerks.ts'

const named = (en: string, zh: string) => ({ en, zh })
const entity = (one: string, prefix: string): OwnEntity => ({ label: named(one, one), labels: named(`${one}s`, one), prefix })

const visitFields: readonly FieldDefinition[] = [
  table('works', named('Works', '作业'), { columns: [
    text('what', named('What', '内容')), quantity('count', named('Count', '数量')), money('price', named('Price', '价格')),
    { ...money('amount', named('Amount', '金额')), total: true, rules: { computed: 'count * price' } },
  ] }),
  money('total', named('Total', '合计')), file('report', named('Report', '报告')),
]

/** The field that the step `step` (from 1) adds to parts and visits. */
export const noteOf = (step: number): FieldDefinition => text(`note${step}`, named(`Note ${step}`, `备注 ${step}`))

/** What a firm has published after so many steps: each adds a field with a rule to parts and to visits, an entity of its own with a table and a file; every fifth also one more entity. */
export function configurationAfter(steps: number): RevisionInputs & { readonly fields: { readonly parts: readonly FieldDefinition[] } } {
  const notes = Array.from({ length: steps }, (_, index) => noteOf(index + 1))
  const rules: FormDefinition['rules'] = Object.fromEntries(notes.map(({ name }) => [name, { checks: [{ holds: `size(${name}) < 60`, message: named('Write less.', '请精简。') }] }]))
  const others = Array.from({ length: Math.floor(steps / 5) }, (_, index) => `own-things-${index + 1}`)
  return {
    entities: { 'own-visits': entity('Visit', 'V'), ...Object.fromEntries(others.map((slug, index) => [slug, entity(`Thing ${index + 1}`, `TH${String.fromCharCode(65 + index)}`)])) },
    fields: { parts: notes, 'own-visits': [...visitFields, ...notes], ...Object.fromEntries(others.map((slug) => [slug, visitFields])) },
    forms: { parts: { rules }, 'own-visits': { rules: { ...rules, total: { computed: 'sum(works.map(one, one.amount))' } } } },
  }
}

/** Visits with two rows and a file, which `upload` (an id) has brought; `length`: its bytes. */
export const visitsDesk = (upload: string, length: number): Desk => ({
  entity: 'own-visits', question: 'OwnVisits', key: 'name',
  create: (turn) => ({ report: upload, works: [{ what: `Work ${turn}`, count: '2', price: '3.50' }, { count: String(turn), price: '1' }] }),
  stands: (turn) => ({
    report: `report.txt/${length}/${upload}`, total: `${turn + 7}.00`,
    works: [{ what: `Work ${turn}`, count: '2', price: '3.50', amount: '7.00' }, { what: null, count: String(turn), price: '1.00', amount: `${turn}.00` }],
  }),
})

/** Uploads a small text as `report.txt` through the front. @returns the upload's id */
export async function uploadReport(url: string, { 'content-type': _, ...session }: Record<string, string>, content: string): Promise<string> {
  const headers = { ...session, 'tus-resumable': '1.0.0' }
  const begun = await fetch(`${url}/uploads`, { method: 'POST', headers: { ...headers, 'upload-length': String(content.length), 'upload-metadata': `filename ${btoa('report.txt')}` } })
  const place = begun.headers.get('location') ?? ''
  const sent = await fetch(`${url}${place}`, { method: 'PATCH', headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: content })
  if (sent.status !== 204) throw new Error(`The upload was answered ${begun.status}, ${sent.status}: ${await sent.text()}`)
  return place.split('/').at(-1) ?? ''
}
