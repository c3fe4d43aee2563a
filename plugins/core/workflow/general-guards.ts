import type { Refusal } from '../../../config/language/refusal.ts'
import type { Comparison } from '../../../config/language/references.ts'
import type { GuardQuestion, GuardType } from '../../../workflows/engine/registry.ts'
import type { Row } from '../data/store.ts'
import { conditionOfComparison } from './condition-of-comparison.ts'
import type { LabelsOfFields } from './general-facts.ts'
import { comparisonParams, fieldParam, fieldsParam, matchParam, relationParam } from './general-params.ts'
import { holds, isEmpty, valueOf, type Values } from './operands.ts'

type LineRow = Readonly<Record<string, unknown>> & { readonly line?: string }

/** Guards that every workflow may use; their parameters are made by `config/language/references.ts`. */
export const generalGuards: readonly GuardType[] = [
  {
    type: 'core.hasLines', label: { en: 'Has lines', zh: '有明细行' }, facts: ['core.lines'],
    condition: () => ({ subject: 'lines', of: ['none', 'some'], in: ['some'] }),
    check: ({ facts }) => linesOf(facts).length > 0 || refuse('noLines', { en: 'There are no lines yet. Add at least one.', zh: '尚无明细行，请至少添加一行。' }),
  },
  {
    type: 'core.fieldRequired', label: { en: 'Field is filled', zh: '字段已填写' }, facts: ['core.labels'], params: [fieldParam], names: { field: 'field' },
    condition: ({ field = null }) => conditionOfComparison({ left: { field: String(field) }, operator: 'filled' }),
    check: ({ facts, params, document }) => {
      const name = String(params.field)
      if (!isEmpty(document[name])) return true
      const label = (facts['core.labels'] as LabelsOfFields | null)?.[name] ?? { en: name, zh: name }
      return refuse('fieldRequired', { en: `${label.en} is missing. Fill it in first.`, zh: `请先填写${label.zh}。` }, name)
    },
  },
  {
    type: 'core.exactlyOne', label: { en: 'Exactly one of several fields', zh: '仅填一项' }, facts: ['core.labels'], params: [fieldsParam], names: { fields: 'field' },
    check: ({ facts, params, document }) => {
      const names = params.fields as readonly string[]
      if (names.filter((name) => !isEmpty(document[name])).length === 1) return true
      const labels = facts['core.labels'] as LabelsOfFields | null
      const all = names.map((name) => labels?.[name] ?? { en: name, zh: name })
      return refuse('exactlyOne', {
        en: `Fill in exactly one of ${all.map(({ en }) => en).join(', ')}.`, zh: `${all.map(({ zh }) => zh).join('、')}须且只能填写一项。`,
      })
    },
  },
  {
    type: 'core.compare', label: { en: 'Comparison', zh: '比较' }, facts: ['core.company', 'core.today'], params: comparisonParams,
    condition: (params) => usesInput(params as unknown as Comparison) ? undefined : conditionOfComparison(params as unknown as Comparison),
    check: (question) => {
      const comparison = question.params as unknown as Comparison
      if (!question.input && usesInput(comparison)) return true
      return satisfied(comparison, valuesOf(question)) || refuse('compare', comparison.refusal)
    },
  },
  {
    type: 'core.lines', label: { en: 'Comparison of lines', zh: '明细行比较' }, facts: ['core.lines', 'core.company', 'core.today'], params: [matchParam, ...comparisonParams],
    check: (question) => {
      const { match, ...comparison } = question.params as unknown as Comparison & { match: 'every' | 'some' }
      const test = (line: Row) => satisfied(comparison, { ...valuesOf(question), document: line })
      const lines = linesOf(question.facts)
      return (match === 'every' ? lines.every(test) : lines.some(test)) || refuse('lines', comparison.refusal)
    },
  },
  {
    type: 'core.lineInput', label: { en: 'Comparison of the lines asked for', zh: '录入行比较' }, facts: ['core.lines'], params: comparisonParams,
    check: (question) => {
      const comparison = question.params as unknown as Comparison
      const lines = new Map(linesOf(question.facts).map((line) => [line.id, line]))
      for (const [index, row] of inputRows(question).entries()) {
        const line = lines.get(row.line ?? '')
        if (!line) return refuse('unknownLine', { en: `Line ${index + 1} does not belong to this document.`, zh: `第 ${index + 1} 行不属于本单据。` }, `lines.${index}.line`)
        const left = valueOf(comparison.left, { document: row })
        if (left !== null && !holds(left, comparison.operator, valueOf(comparison.right, { document: line }))) {
          return refuse('lineInput', numbered(comparison.refusal, Number(line.position)), `lines.${index}`)
        }
      }
      return true
    },
  },
  {
    type: 'core.sourceLines', label: { en: 'Comparison with the source lines', zh: '来源行比较' }, facts: ['core.lines', 'core.sourceLines'], params: [relationParam, ...comparisonParams],
    check: (question) => {
      const { relation, ...comparison } = question.params as unknown as Comparison & { relation: string }
      const sources = question.facts['core.sourceLines'] as ReadonlyMap<string, Row> | null
      const totals = new Map<string, { total: number; position: number }>()
      for (const line of linesOf(question.facts)) {
        const source = line[relation]
        if (typeof source !== 'string') continue
        const known = totals.get(source)
        totals.set(source, { total: (known?.total ?? 0) + Number(valueOf(comparison.left, { document: line }) ?? 0), position: known?.position ?? Number(line.position) })
      }
      for (const [source, { total, position }] of totals) {
        const right = valueOf(comparison.right, { document: sources?.get(source) ?? {} })
        if (!holds(total, comparison.operator, right)) return refuse('sourceLines', numbered(comparison.refusal, position))
      }
      return true
    },
  },
]

const refuse = (code: string, message: Refusal['message'], path?: string): Refusal => ({ code, message, ...(path === undefined ? {} : { path }) })

const numbered = ({ en, zh }: Refusal['message'], position: number): Refusal['message'] => ({ en: `Line ${position}: ${en}`, zh: `第 ${position} 行：${zh}` })

const linesOf = (facts: GuardQuestion['facts']): readonly Row[] => (facts['core.lines'] as readonly Row[] | null) ?? []

const inputRows = ({ input }: GuardQuestion): readonly LineRow[] => (input?.lines as readonly LineRow[] | undefined) ?? []

const satisfied = ({ left, operator, right }: Comparison, values: Values) => holds(valueOf(left, values), operator, valueOf(right, values))

const usesInput = ({ left, right }: Comparison) => [left, right].some((operand) => typeof operand === 'object' && operand !== null && 'input' in operand)

const valuesOf = ({ document, input, facts }: GuardQuestion): Values => ({
  document, input, company: (facts['core.company'] as Row | null) ?? undefined, today: (facts['core.today'] as string | null) ?? undefined,
})
