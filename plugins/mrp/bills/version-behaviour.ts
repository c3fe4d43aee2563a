import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Row } from '../../core/data/store.ts'
import { failInput } from '../../core/errors.ts'
import type { Draft, EntityBehaviour } from '../../core/platform/plugin.ts'
import { forgetOldParts } from '../../core/pricing/changed-parts.ts'
import { preparePartLines } from '../../core/pricing/prepare-lines.ts'
import { bomLinesOf, operationsOf, versionOf, type Version } from '../rows.ts'

/** First day, revision and units where they are empty; quantities and days that make sense. */
export const bomBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    await prepareVersion(context, 'bom-versions', draft)
    const lines = bomLinesOf(draft.lines)
    const version = versionOf(draft.document)
    refuseAll([
      ...headFindings(version, { name: 'outputQuantity', value: draft.document.outputQuantity }),
      ...lines.flatMap((line, index) => [
        ...(line.quantity > 0 ? [] : [finding(`lines.${index}.quantity`, notPositive)]),
        ...(line.part && line.part === version.part ? [finding(`lines.${index}.part`, intoItself)] : []),
        ...(endsEarly(line) ? [finding(`lines.${index}.validTo`, endsBefore)] : []),
      ]),
    ])
    forgetOldParts(draft.lines, draft.previousLines)
    await preparePartLines(context, { lines, language: (await context.company(version.company)).language === 'zh' ? 'zh' : 'en' })
  },
}

export const routingBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    await prepareVersion(context, 'routings', draft)
    refuseAll(headFindings(versionOf(draft.document), { name: 'batchQuantity', value: draft.document.batchQuantity }))
    const lines = operationsOf(draft.lines)
    let last = 0
    for (const line of lines) {
      line.operation ??= (Math.floor(last / 10) + 1) * 10
      last = line.operation
    }
    const numbers = lines.map(({ operation }) => operation)
    refuseAll(numbers.flatMap((number, index) => (numbers.indexOf(number) === index ? [] : [finding(`lines.${index}.operation`, twice(Number(number)))])))
  },
}

async function prepareVersion(context: CommandContext, entity: string, { document, previous }: Draft): Promise<void> {
  const version = versionOf(document)
  const site = version.site && !previous ? await context.store.get('sites', version.site) : undefined
  if (site) version.company = site.company
  version.validFrom ||= await context.today()
  if (version.part) version.revision ||= await nextRevision(context, entity, version.part)
}

/** One more than the greatest whole number among the revisions of the part. */
async function nextRevision({ store }: CommandContext, entity: string, part: string): Promise<string> {
  const known = (await store.find<string>(entity, { where: { part: { equals: part } } })) as Row[]
  return String(Math.max(0, ...known.map((row) => String(versionOf(row).revision)).filter((text) => /^\d{1,9}$/.test(text)).map(Number)) + 1)
}

const headFindings = (version: Version, { name, value }: { readonly name: string; readonly value: unknown }): Finding[] => [
  ...(Number(value ?? 1) > 0 ? [] : [finding(name, notPositive)]),
  ...(endsEarly(version) ? [finding('validTo', endsBefore)] : []),
]

const endsEarly = ({ validFrom, validTo }: { readonly validFrom?: string | null; readonly validTo?: string | null }) => !!validFrom && !!validTo && validTo < validFrom

function refuseAll(findings: readonly Finding[]): void {
  if (findings.length > 0) failInput(findings)
}

const finding = (path: string, message: Text): Finding => ({ code: 'invalid', path, severity: 'error', message })

const notPositive: Text = { en: 'The quantity must be above zero.', zh: '数量须大于零。' }
const intoItself: Text = { en: 'A part cannot go into itself. Choose another component.', zh: '物料不能作为自身的子件，请更换子件。' }
const endsBefore: Text = { en: 'It ends before it begins. Set a later last day.', zh: '失效日期早于生效日期，请改为更晚的日期。' }
const twice = (operation: number): Text => ({ en: `There are two operations ${operation}. Give each a number of its own.`, zh: `工序号 ${operation} 重复，请分别编号。` })
