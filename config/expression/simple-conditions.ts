import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import type { FieldDefinition } from '../language/entity.ts'
import { fieldOf, headWord, variableOf } from './environment.ts'
import { kindOf, type RuleKind } from './rule-values.ts'

/** What one field is compared with, as people choose it from a list. */
export type Comparison = 'is' | 'isNot' | 'less' | 'atMost' | 'more' | 'atLeast' | 'filled' | 'empty' | 'contains' | 'startsWith' | 'yes' | 'no' | 'past' | 'future' | 'has' | 'hasNot'
/** `field`: its name, of the head with the word before it: `head.priority`; `value`: of a number as it is written, of a day "2026-12-01", otherwise the text; empty where the comparison takes none. */
export type Condition = { readonly field: string; readonly comparison: Comparison; readonly value: string }
export type Conditions = { readonly join: 'and' | 'or'; readonly parts: readonly Condition[] }

type Field = Pick<FieldDefinition, 'name' | 'type' | 'many'>

const signs = { is: '==', isNot: '!=', less: '<', atMost: '<=', more: '>', atLeast: '>=' } as const
const bySign = new Map<string, Comparison>(Object.entries(signs).map(([comparison, sign]) => [sign, comparison as Comparison]))
const unary: ReadonlySet<Comparison> = new Set(['filled', 'empty', 'yes', 'no', 'past', 'future'])
const amounts = ['is', 'isNot', 'less', 'atMost', 'more', 'atLeast'] as const

/** What can be asked of a field. A reference is only asked whether it is there: nobody writes its id. */
export function comparisonsOf(field: Field): readonly Comparison[] {
  const byKind: Record<RuleKind, readonly Comparison[]> = {
    boolean: ['yes', 'no'], number: [...amounts, 'filled', 'empty'], day: [...amounts, 'past', 'future', 'filled', 'empty'], moment: ['filled', 'empty'], list: ['has', 'hasNot', 'filled', 'empty'], table: ['filled', 'empty'],
    text: field.type === 'relation' ? ['filled', 'empty'] : field.type === 'select' ? ['is', 'isNot', 'filled', 'empty'] : ['is', 'isNot', 'contains', 'startsWith', 'filled', 'empty'],
  }
  const kind = kindOf(field)
  if (!kind) return []
  return field.type === 'relation' ? ['filled', 'empty'] : byKind[kind]
}

export const takesValue = (comparison: Comparison): boolean => !unary.has(comparison)

/** Whether nothing is missing or mistyped. */
export function isComplete({ field: name, comparison, value }: Condition, fields: readonly Field[]): boolean {
  const field = fields.find((one) => one.name === name)
  if (!field || !comparisonsOf(field).includes(comparison)) return false
  if (!takesValue(comparison)) return true
  const kind = kindOf(field)
  return kind === 'number' ? /^-?\d+(\.\d+)?$/.test(value) : kind === 'day' ? /^\d{4}-\d{2}-\d{2}$/.test(value) : value !== ''
}

/** The expression of the conditions that are complete; empty where none is. */
export function writeConditions({ join, parts }: Conditions, fields: readonly Field[]): string {
  return parts.filter((part) => isComplete(part, fields)).map((part) => written(part, fields)).join(join === 'and' ? ' && ' : ' || ')
}

function written({ field: name, comparison, value }: Condition, fields: readonly Field[]): string {
  const variable = variableIn(name)
  const field = fields.find((one) => one.name === name)
  const literal = field && kindOf(field) === 'number' ? value : JSON.stringify(value)
  switch (comparison) {
    case 'yes': return variable
    case 'no': return `!${variable}`
    case 'empty': return `empty(${variable})`
    case 'filled': return `!empty(${variable})`
    case 'past': return `${variable} < today`
    case 'future': return `${variable} > today`
    case 'has': return `${literal} in ${variable}`
    case 'hasNot': return `!(${literal} in ${variable})`
    case 'contains': case 'startsWith': return `${variable}.${comparison}(${literal})`
    default: return `${variable} ${signs[comparison]} ${literal}`
  }
}

/** What everything is asked about beside the fields is called by its own name. */
const known = new Set(['isNew', 'workflowState', 'userRoles', 'option'])
const variableIn = (name: string) => (known.has(name) || name.startsWith(`${headWord}.`) ? name : variableOf(name))

/** The conditions that an expression is made of; null where it is more than a row of them. */
export function readConditions(environment: Environment, source: string, fields: readonly Field[]): Conditions | null {
  if (source.trim() === '') return { join: 'and', parts: [] }
  let ast: ASTNode
  try {
    ({ ast } = environment.parse(source))
  } catch {
    return null
  }
  const join = ast.op === '||' ? 'or' : 'and'
  const parts = row(ast, ast.op === '||' ? '||' : '&&').map((node) => conditionOf(node, source))
  return parts.every((part): part is Condition => part !== null && isComplete(part, fields)) ? { join, parts } : null
}

const row = (node: ASTNode, op: '&&' | '||'): readonly ASTNode[] => (node.op === op ? node.args.flatMap((side) => row(side, op)) : [node])

function conditionOf(node: ASTNode, source: string): Condition | null {
  const field = nameOf(node)
  if (field !== null) return { field, comparison: 'yes', value: '' }
  switch (node.op) {
    case '!_': return negated(node.args, source)
    case 'call': {
      const [name, [only, ...others]] = node.args
      const asked = only && nameOf(only)
      return name === 'empty' && asked && others.length === 0 ? { field: asked, comparison: 'empty', value: '' } : null
    }
    case 'rcall': {
      const [name, receiver, [only, ...others]] = node.args
      const asked = nameOf(receiver)
      if ((name !== 'contains' && name !== 'startsWith') || asked === null || !only || others.length > 0) return null
      const value = literalOf(only, source)
      return value === null ? null : { field: asked, comparison: name, value }
    }
    case 'in': {
      const [one, list] = node.args
      const value = literalOf(one, source)
      const asked = nameOf(list)
      return value !== null && asked !== null ? { field: asked, comparison: 'has', value } : null
    }
    default: return compared(node, source)
  }
}

function negated(node: ASTNode, source: string): Condition | null {
  const inner = conditionOf(node, source)
  const turned = inner && ({ yes: 'no', empty: 'filled', has: 'hasNot' } as Partial<Record<Comparison, Comparison>>)[inner.comparison]
  return inner && turned ? { ...inner, comparison: turned } : null
}

function compared(node: ASTNode, source: string): Condition | null {
  const comparison = bySign.get(node.op)
  if (!comparison) return null
  const [left, right] = node.args as readonly [ASTNode, ASTNode]
  const field = nameOf(left)
  if (field === null) return null
  if (right.op === 'id') return right.args === 'today' && (node.op === '<' || node.op === '>') ? { field, comparison: node.op === '<' ? 'past' : 'future', value: '' } : null
  const value = literalOf(right, source)
  return value === null ? null : { field, comparison, value }
}

function literalOf(node: ASTNode, source: string): string | null {
  if (node.op === '-_') return node.args.op === 'value' && typeof node.args.args !== 'string' ? `-${literalOf(node.args, source) ?? ''}` : null
  if (node.op !== 'value') return null
  if (typeof node.args === 'string') return node.args
  return typeof node.args === 'bigint' || typeof node.args === 'number' ? source.slice(node.range.start, node.range.end) : null
}

/** The field that a part of an expression is; null where it is something else. */
function nameOf(node: ASTNode): string | null {
  if (node.op === 'id') return fieldOf(node.args)
  if (node.op !== '.') return null
  const [of, name] = node.args
  return of.op === 'id' && of.args === headWord ? `${headWord}.${name}` : null
}
