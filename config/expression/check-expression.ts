import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import type { Text } from '../language/text.ts'
import { surroundings } from './environment.ts'
import { Day, Decimal, Moment, type RuleValue } from './rule-values.ts'

export type CheckedExpression = {
  /** Fields that it asks for. */
  readonly references: ReadonlySet<string>
  /** CEL type of what it gives. */
  readonly type: string
  /** @returns undefined where it cannot be computed, as with a place that a list does not have */
  readonly run: (values: Readonly<Record<string, unknown>>) => RuleValue | undefined
}

/** Longer than any rule that people read. */
export const longestExpression = 1_000
const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
/** What may be called: all of it takes time in proportion to what it is given. */
const callable = new Set([...macros, 'empty', 'number', 'string', 'abs', 'round', 'min', 'max', 'day', 'year', 'month', 'size', 'contains', 'startsWith', 'endsWith'])

/** Reads an expression once; every evaluation of it is total and takes bounded time. */
export function checkExpression(environment: Environment, source: string): CheckedExpression | { readonly problem: Text } {
  if (source.trim() === '') return { problem: { en: 'Write an expression, like quantity > 10.', zh: '请填写表达式，例如 quantity > 10。' } }
  if (source.length > longestExpression) return { problem: { en: `An expression has at most ${longestExpression} characters. Split it into several rules.`, zh: `表达式不得超过 ${longestExpression} 个字符，请拆分为多条规则。` } }
  try {
    const parsed = environment.parse(source)
    const references = new Set<string>()
    const problem = walk(parsed.ast, { references, bound: new Set() })
    if (problem) return { problem }
    const { valid, type, error } = parsed.check()
    if (!valid || type === undefined) return { problem: faultOf(error, source) }
    return {
      references, type: String(type),
      run: (values) => {
        try {
          return toRuleValue(parsed(values))
        } catch {
          // Types were checked: what is left are places that a list does not have.
          return undefined
        }
      },
    }
  } catch (error) {
    return { problem: faultOf(error, source) }
  }
}

type Scope = { readonly references: Set<string>; readonly bound: ReadonlySet<string> }

/** Collects the fields; refuses calls that are not offered and loops within loops. */
function walk(node: ASTNode, scope: Scope): Text | undefined {
  switch (node.op) {
    case 'value': return undefined
    case 'id':
      if (!scope.bound.has(node.args) && !(node.args in surroundings)) scope.references.add(node.args)
      return undefined
    case '.': case '.?': return walk(node.args[0], scope)
    case 'call': return callable.has(node.args[0]) ? first(node.args[1], scope) : notCallable(node.args[0])
    case 'rcall': {
      const [name, receiver, args] = node.args
      if (!callable.has(name)) return notCallable(name)
      if (!macros.has(name)) return first([receiver, ...args], scope)
      if (scope.bound.size > 0) return { en: `"${name}" cannot stand within another loop over a list. Use two rules.`, zh: `“${name}”不能嵌套在另一个列表循环中，请拆分为两条规则。` }
      const [variable, ...bodies] = args
      return walk(receiver, scope) ?? first(bodies, { ...scope, bound: new Set(variable?.op === 'id' ? [variable.args] : []) })
    }
    case 'list': return first(node.args, scope)
    case 'map': return { en: 'Maps ({…}) cannot be used here.', zh: '此处不支持映射（{…}）。' }
    case '!_': case '-_': return walk(node.args, scope)
    default: return first(node.args, scope)
  }
}

function first(nodes: readonly ASTNode[], scope: Scope): Text | undefined {
  for (const node of nodes) {
    const problem = walk(node, scope)
    if (problem) return problem
  }
  return undefined
}

const notCallable = (name: string): Text => ({
  en: `There is no function "${name.slice(0, 40)}". Use one of ${[...callable].join(', ')}.`, zh: `没有函数“${name.slice(0, 40)}”。可用函数：${[...callable].join('、')}。`,
})

function toRuleValue(value: unknown): RuleValue | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return new Decimal(String(value))
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Decimal || value instanceof Day || value instanceof Moment) return value
  return Array.isArray(value) ? value.map(String) : undefined
}

/** The library's first line, said for people. */
function faultOf(error: unknown, source: string): Text {
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const unknown = /^Unknown variable: (.+)/.exec(reason)?.[1]
  if (unknown) return { en: `There is no field "${unknown}" in this form.`, zh: `此表单没有字段“${unknown}”。` }
  const overload = /^no such overload: (.+)/.exec(reason)?.[1]
  if (overload) return { en: `Values of these kinds do not go together: ${overload}.`, zh: `此类取值不能这样运算：${overload}。` }
  if (reason.includes('EOF')) return { en: 'The expression ends too early: something is missing at its end.', zh: '表达式不完整：末尾缺少内容。' }
  return { en: `“${source.slice(0, 80)}” cannot be read: ${reason}.`, zh: `无法解析“${source.slice(0, 80)}”：${reason}。` }
}
