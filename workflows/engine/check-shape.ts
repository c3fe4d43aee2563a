import type { z } from 'zod'
import type { Finding } from '../../config/language/refusal.ts'
import type { Text } from '../../config/language/text.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { joinPath } from './check-json.ts'
import { definitionShape } from './definition-shape.ts'
import { finding, listed, say } from './messages.ts'

export type Shaped = { readonly definition: WorkflowDefinition } | { readonly findings: Finding[] }

/** Whether the value has the shape of a definition; every misfit with its place. */
export function checkShape(value: unknown): Shaped {
  const result = definitionShape.safeParse(value)
  if (result.success) return { definition: result.data }
  return { findings: result.error.issues.flatMap((issue) => findingsOf({ issue, root: value, prefix: [] })) }
}

type Context = { readonly issue: z.core.$ZodIssue; readonly root: unknown; readonly prefix: readonly PropertyKey[] }

function findingsOf({ issue, root, prefix }: Context): Finding[] {
  const parts = [...prefix, ...issue.path]
  const path = parts.reduce(joinPath, '')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(joinPath(path, key), key))
    case 'invalid_union': {
      // One arrow or a list of arrows: report against the form that was meant.
      const branch = issue.errors[Array.isArray(valueAt(root, parts)) ? 1 : 0] ?? []
      return branch.length > 0 ? branch.flatMap((inner) => findingsOf({ issue: inner, root, prefix: parts })) : [wrong(path, issue)]
    }
    case 'invalid_key':
      return [badName(path, String(parts.at(-1)))]
    case 'invalid_format': {
      const value = valueAt(root, parts)
      return [typeof value === 'string' && value.trim() === '' ? missing(path) : badName(path, String(value))]
    }
    default:
      return [valueAt(root, parts) === undefined ? missing(path) : wrong(path, issue)]
  }
}

function valueAt(root: unknown, parts: readonly PropertyKey[]): unknown {
  return parts.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined), root)
}

function unknownKey(path: string, key: string): Finding {
  const remedy: Record<string, [en: string, zh: string]> = {
    invoke: ['Effects are actions; they go to the outbox.', '副作用请写成动作，由发件箱执行。'],
    spawn: ['Effects are actions; they go to the outbox.', '副作用请写成动作，由发件箱执行。'],
    entry: ['Put actions on the transitions.', '请把动作写在流转上。'],
    exit: ['Put actions on the transitions.', '请把动作写在流转上。'],
    always: ['Use several candidates of an event, or onDone.', '请使用同一事件的多个候选流转，或使用 onDone。'],
    guard: ['Write guards: a list of { type, params }.', '请写成 guards：由 { type, params } 组成的列表。'],
  }
  const [en, zh] = (Object.hasOwn(remedy, key) && remedy[key]) || ['Remove it.', '请删除。']
  return finding({ code: 'unknown-key', path, message: say(`A definition has no “${key}” here. ${en}`, `此处不支持“${key}”。${zh}`) })
}

function missing(path: string): Finding {
  return finding({ code: 'missing', path, message: say(`“${path}” is missing. Fill it in; labels in both languages.`, `缺少“${path}”，请补全；标签须同时填写中英文。`) })
}

function badName(path: string, name: string): Finding {
  return finding({
    code: 'bad-name',
    path,
    message: say(`“${name}” is no name: use letters, digits, “-” and “_”, and start with a letter (slugs, guards and actions in lower case).`, `“${name}”不是有效名称：请使用字母、数字、“-”和“_”，并以字母开头（标识、条件和动作以小写字母开头）。`),
  })
}

function wrong(path: string, issue: z.core.$ZodIssue): Finding {
  const { en, zh } = expected(issue)
  return finding({ code: 'wrong-value', path, message: say(`This value does not fit: it must be ${en}.`, `此处的值不符合要求：应为${zh}。`) })
}

function expected(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return say(issue.expected, ` ${issue.expected} 类型`)
    case 'invalid_value':
      return listed(issue.values.map((value) => say(String(value), String(value))))
    case 'too_small':
      return say(issue.origin === 'array' ? 'a list with at least one entry' : `at least ${issue.minimum}`, issue.origin === 'array' ? '至少包含一项的列表' : `不小于 ${issue.minimum} 的值`)
    default:
      return say('plain JSON of the form that the language describes', '符合定义语言的 JSON')
  }
}
