import type { EntityDefinition } from '../../../config/language/entity.ts'
import { allFields, workflowFields } from '../entities/system-fields.ts'
import { failQuestion } from '../errors.ts'
import type { Platform } from '../platform/platform.ts'

type Asked = { readonly slug: string; readonly known: { readonly select: readonly string[]; readonly joins: readonly string[] }; readonly platform: Platform }

/**
 * Refuses with 400 what `select`, `populate` and `joins` of a REST address name in vain: Payload would leave it out and
 * answer another question. Does nothing where the address asks for something else than rows of the collection `slug`.
 */
export function requireSelection(url: string | undefined, { slug, known, platform }: Asked): void {
  if (!url) return
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  if (pathname.split('/')[2] !== slug) return
  for (const [parameter, value] of searchParams) {
    const [kind = '', first = '', second = ''] = parameter.split(/\]?\[|\]/)
    if (!kinds.has(kind) || first === '') continue
    const said = parameter.slice(0, 80)
    if (kind === 'select') requireName(said, { name: first, known: known.select })
    else if (kind === 'joins') requireName(said, { name: first, known: known.joins })
    else {
      const target = platform.entities.get(first)
      requireName(said, { name: first, known: [...platform.entities.keys(), 'users'] })
      if (target && second) requireName(said, { name: second, known: namesOf(target) })
    }
    // Of a field one takes all or nothing; only the workflow has parts.
    if (kind === 'select' && second !== '' && !(first === 'workflow' && workflowParts.has(second))) {
      failQuestion(said, { en: `"${said}" goes deeper than a field. Write select[${first}]=true${first === 'workflow' ? `, or one of ${[...workflowParts].join(', ')}` : ''}.`, zh: `“${said}”超出字段层级，请写作 select[${first}]=true${first === 'workflow' ? `，或指明 ${[...workflowParts].join('、')}` : ''}。` })
    }
    if (kind === 'joins' && second) requireName(said, { name: second, known: ofJoin })
    const isFlag = kind === 'select' || (kind === 'populate' && second !== '')
    if (isFlag && value !== 'true' && value !== 'false') failQuestion(said, { en: `"${said}" is true or false, like ${kind}[${first}]${second ? `[${second}]` : ''}=true.`, zh: `“${said}”须为 true 或 false，例如 ${kind}[${first}]${second ? `[${second}]` : ''}=true。` })
    if (kind === 'joins' && !second && value !== 'false') failQuestion(said, { en: `"${said}" names what the lines are asked for, like joins[lines][limit]=10, or is false.`, zh: `“${said}”须指明对明细行的要求，例如 joins[lines][limit]=10，或为 false。` })
  }
}

const kinds: ReadonlySet<string> = new Set(['select', 'populate', 'joins'])
const workflowParts: ReadonlySet<string> = new Set(workflowFields.filter(({ hidden }) => !hidden).map(({ name }) => name))
const ofJoin = ['where', 'sort', 'limit', 'page', 'count'] as const

/** What one may select of an entity. */
export const namesOf = (entity: EntityDefinition): string[] => [
  'id', ...allFields(entity).filter(({ hidden }) => !hidden).map(({ name }) => name), ...(entity.workflow ? ['workflow'] : []), ...(entity.lines ? ['lines'] : []), 'createdAt', 'updatedAt',
]

function requireName(parameter: string, { name, known }: { readonly name: string; readonly known: readonly string[] }): void {
  if (known.includes(name)) return
  const names = known.join(', ')
  failQuestion(parameter, names === ''
    ? { en: `"${parameter}": there is nothing to join here. Leave it out.`, zh: `“${parameter}”：此处没有可关联的内容，请去掉该参数。` }
    : { en: `"${parameter}": there is no "${name.slice(0, 60)}". Known: ${names}.`, zh: `“${parameter}”：不存在“${name.slice(0, 60)}”。可用：${names}。` })
}
