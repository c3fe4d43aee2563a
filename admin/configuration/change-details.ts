import type { Option } from '../../config/language/entity.ts'
import type { FormSection } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import type { FieldChange } from '../../plugins/core/configuration/field-changes.ts'
import { changeTexts } from '../locales/change-texts.ts'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { ruleTexts } from '../locales/rule-texts.ts'

type Say = (text: Text, parameters?: Readonly<Record<string, string | number>>) => string
type Detail = FieldChange['details'][number]

const labels: Readonly<Record<string, Text>> = {
  label: configurationTexts.label, labels: changeTexts.several, help: changeTexts.help, prefix: changeTexts.prefix, type: configurationTexts.type, to: configurationTexts.refersTo, many: configurationTexts.many,
  unique: configurationTexts.unique, index: configurationTexts.index, advanced: configurationTexts.advanced, min: configurationTexts.min, max: configurationTexts.max, maxLength: configurationTexts.maxLength, default: configurationTexts.default,
  signedIn: configurationTexts.signedIn, content: changeTexts.content, warning: configurationTexts.warning,
  'rules.visible': ruleTexts.visible, 'rules.whenHidden': ruleTexts.whenHidden, 'rules.required': ruleTexts.required, 'rules.readOnly': ruleTexts.readOnly, 'rules.computed': ruleTexts.computed, 'rules.default': ruleTexts.default,
  'rules.options': ruleTexts.options, 'rules.checks': ruleTexts.checks,
}

/** What was changed of a field, one sentence each; that it is out of use, or back, is told by its kind. */
export function detailTexts({ details }: Pick<FieldChange, 'details'>, say: Say): readonly string[] {
  return details.filter(({ property }) => property !== 'retired').flatMap((detail) => {
    if (detail.property === 'options') return optionTexts(detail, say)
    if (detail.property === 'layout') return [say(changeTexts.layout, { before: sectionsText(detail.before, say), after: sectionsText(detail.after, say) })]
    const label = labels[detail.property]
    return [`${label ? say(label) : partText(detail, say) ?? detail.property}: ${valueText(detail.before, say)} → ${valueText(detail.after, say)}`]
  })
}

/** A state or an event of a workflow, by the name that it has or had. */
function partText({ property, before, after }: Detail, say: Say): string | undefined {
  const [list, name] = property.split('.')
  const kind = list === 'states' ? changeTexts.state : list === 'events' ? changeTexts.event : undefined
  if (!kind || !name) return undefined
  const label = [after, before].map((value) => (value as { label?: Partial<Text> } | null)?.label).find(Boolean)
  return say(kind, { name: say({ en: name, zh: name, ...label }) })
}

function optionTexts({ before, after }: Detail, say: Say): string[] {
  const [old, now] = [listOf<Option>(before), listOf<Option>(after)]
  const known = new Map(old.map((option) => [option.value, option]))
  const kept = new Set(now.map(({ value }) => value))
  const found = [
    ...now.filter(({ value }) => !known.has(value)).map((option) => say(changeTexts.optionAdded, { option: nameOf(option, say) })),
    ...old.filter(({ value }) => !kept.has(value)).map((option) => say(changeTexts.optionRemoved, { option: nameOf(option, say) })),
    ...now.flatMap((option) => {
      const former = known.get(option.value)
      return former && nameOf(former, say) !== nameOf(option, say) ? [say(changeTexts.optionRenamed, { before: nameOf(former, say), option: nameOf(option, say) })] : []
    }),
  ]
  return found.length > 0 ? found : [say(changeTexts.optionsMoved)]
}

const nameOf = ({ label, value }: Partial<Option>, say: Say) => (label ? say(label) : '') || (value ?? '')
const listOf = <Item>(value: unknown): readonly Item[] => (Array.isArray(value) ? (value as Item[]).filter((one) => typeof one === 'object' && one !== null) : [])

const sectionsText = (layout: unknown, say: Say): string => {
  const sections = listOf<Partial<FormSection>>((layout as { sections?: unknown } | null)?.sections)
  return sections.map(({ key, label, fields }) => `${(label && say(label)) || (key ?? '')} (${fields?.length ?? 0})`).join(', ') || say(configurationTexts.asShipped)
}

/** A value of any property: texts in the reader's language, rules as they are written. */
function valueText(value: unknown, say: Say): string {
  if (value === null || value === undefined || value === '') return say(changeTexts.nothing)
  if (typeof value === 'boolean') return say(value ? changeTexts.yes : changeTexts.no)
  if (typeof value === 'string') return (fieldTypeTexts as Readonly<Record<string, Text>>)[value] ? say((fieldTypeTexts as Readonly<Record<string, Text>>)[value] as Text) : value
  if (Array.isArray(value)) return value.map((one) => valueText(one, say)).join('; ')
  if (typeof value !== 'object') return String(value as number)
  const { when, holds, message, en, zh, removed } = value as { when?: string; holds?: string; message?: Partial<Text>; en?: string; zh?: string; removed?: boolean }
  if (removed) return say(changeTexts.removed)
  if (en === undefined && zh === undefined && when === undefined && holds === undefined) return say(changeTexts.drawn)
  const source = when ?? holds
  if (source !== undefined) return message ? `${source} (${say({ en: '', zh: '', ...message })})` : source
  return say({ en: en ?? '', zh: zh ?? '' })
}
