import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fieldTypeTexts } from '../../admin/locales/configuration-texts.ts'
import { customers } from '../../collections/core/customers.ts'
import { suppliers } from '../../collections/core/suppliers.ts'
import { checkExpression } from '../../config/expression/check-expression.ts'
import { environmentOf } from '../../config/expression/environment.ts'
import { Day, Decimal, fromSpoken, kindOf } from '../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { boolean, date, option, quantity, relation, select, signature, table, text, unitPrice } from '../../config/language/fields.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { PageDefinition } from '../../config/language/page.ts'
import { pageFindings } from '../../plugins/core/pages/page-findings.ts'
import { revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const page = readFileSync('docs/configuration.md', 'utf8')
const named = (name: string) => ({ en: name, zh: name })
const fields: readonly FieldDefinition[] = [
  unitPrice('price', named('Price')), quantity('quantity', named('Quantity')), text('note', named('Note')), boolean('urgent', named('Urgent')), date('due', named('Due')),
  select('grade', named('Grade'), { options: [option('a', named('A')), option('b', named('B'))] }), relation('parts', named('Parts'), { to: 'parts', many: true }),
  table('items', named('Items'), { columns: [quantity('count', named('Count')), unitPrice('price', named('Price'))] }),
]
const examples = [...page.matchAll(/^\| `(.+?)` \| `(\{.*?\})` \| `(.+?)` \|$/gm)].map(([, source = '', given = '', result = '']) => [source.replaceAll('\\|', '|'), given, result] as const)

it('shows examples', () => {
  expect(examples.length).toBeGreaterThan(8)
})

it.each(examples)('%s with %s gives %s', (source, given, result) => {
  const checked = checkExpression(environmentOf(fields), source)
  if ('problem' in checked) expect.fail(checked.problem.en)
  const spoken = JSON.parse(given) as Record<string, unknown>
  const values = Object.fromEntries(fields.filter((field) => kindOf(field) !== undefined).map((field) => [field.name, fromSpoken(field, spoken[field.name])]))
  const value = checked.run({ ...values, today: new Day('2026-11-22'), isNew: true, workflowState: 'draft', userRoles: ['buyer'], option: '' })
  expect(value instanceof Decimal ? value.toFixed() : value).toEqual(JSON.parse(result))
})

const fileOf = (kind: string): unknown => [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text) as { kind: string }).find((file) => file.kind === kind)

it('the page that stands as a file can be published', () => {
  const file = fileOf('page') as { slug: string; page: PageDefinition }
  const pages = { [file.slug]: file.page }
  expect([...revisionFindings({ fields: {}, pages }, [suppliers]), ...pageFindings({ fields: {}, pages }, new Map([['suppliers', suppliers]]))]).toEqual([])
})

it('the form that stands as a file can be published', () => {
  const { entity, fields: own, form } = fileOf('form') as { entity: string; fields: FieldDefinition[]; form: FormDefinition }
  expect(revisionFindings({ fields: { [entity]: own }, forms: { [entity]: form } }, [customers])).toEqual([])
})

it('the fields that stand as examples can be published', () => {
  const shown = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text) as FieldDefinition & { kind?: string }).filter(({ kind }) => kind === undefined)
  expect([shown.length, revisionFindings({ fields: { customers: [signature('approval', named('Approval')), ...shown] } }, [customers])]).toEqual([3, []])
})

it('names every type that a field can be of, with what it is spoken as', () => {
  const named = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| /gm)].flatMap(([, cells = '']) => [...cells.matchAll(/`(\w+)`/g)].map(([, type]) => type ?? ''))
  expect(Object.keys(fieldTypeTexts).filter((type) => !named.includes(type))).toEqual([])
})
