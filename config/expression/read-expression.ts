import type { ASTNode } from '@marcbachmann/cel-js'
import type { Text } from '../language/text.ts'
import { fieldOf, headVariableOf, headWord, surroundings, variableOf, zoneVariable } from './environment.ts'

const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
/** What may be called: all of it takes time in proportion to what it is given. */
const callable = new Set([...macros, 'empty', 'number', 'string', 'abs', 'round', 'min', 'max', 'sum', 'day', 'year', 'month', 'size', 'contains', 'startsWith', 'endsWith'])
const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])

export type ReadExpression = {
  /** Fields that it asks for. */
  readonly references: ReadonlySet<string>
  /** Fields of the head that it asks for. */
  readonly headReferences: ReadonlySet<string>
  /** As the library is given it: written numbers are exact decimals, as those of fields are, and fields that are called like a word of the language are told apart from it. */
  readonly source: string
}
type Edit = { readonly from: number; readonly to: number; readonly text: string }
type Reading = { readonly source: string; readonly references: Set<string>; readonly headReferences: Set<string>; readonly head: ReadonlySet<string> | undefined; readonly edits: Edit[]; readonly bound: ReadonlySet<string> }

/** Collects the fields; refuses what is not offered: other calls, loops within loops. `head`: names of the fields of the head; absent: it has none. */
export function readExpression(ast: ASTNode, source: string, head?: ReadonlySet<string>): ReadExpression | { readonly problem: Text } {
  const reading: Reading = { source, references: new Set(), headReferences: new Set(), head, edits: [], bound: new Set() }
  const problem = walk(ast, reading)
  if (problem) return { problem }
  const edits = reading.edits.sort((a, b) => b.from - a.from)
  return { references: reading.references, headReferences: reading.headReferences, source: edits.reduce((text, { from, to, text: by }) => text.slice(0, from) + by + text.slice(to), source) }
}

function walk(node: ASTNode, reading: Reading): Text | undefined {
  switch (node.op) {
    case 'value': return literal(node, reading)
    case 'id': {
      if (reading.bound.has(node.args) || node.args in surroundings) return undefined
      const field = fieldOf(node.args)
      reading.references.add(field)
      reading.edits.push(edit(node, variableOf(field)))
      return undefined
    }
    case '.': case '.?': {
      const [of, name] = node.args
      // What is bound is a row; a column that is called so is one value, which has no fields.
      return of.op === 'id' && of.args === headWord && !reading.bound.has(headWord) && typeof name === 'string' ? fieldOfHead(node, name, reading) : walk(of, reading)
    }
    // Places in a list are counted; they are no numbers that one reckons with.
    case '[]': case '[?]': return node.args[1].op === 'value' ? walk(node.args[0], reading) : { en: 'A place in a list is a written number, like parts[0].', zh: '列表位置须直接写数字，例如 parts[0]。' }
    case 'call': {
      const [name, args] = node.args
      if (!callable.has(name)) return notCallable(name)
      // The day of a moment is that of the firm's time zone.
      if (name === 'day' && args.length === 1) reading.edits.push({ from: node.range.end - 1, to: node.range.end - 1, text: `, ${zoneVariable}` })
      if (name === 'size') reading.edits.push({ from: node.range.start, to: node.range.start + name.length, text: 'sizeOf' })
      return first(args, reading)
    }
    case 'rcall': {
      const [name, receiver, args] = node.args
      if (!callable.has(name)) return notCallable(name)
      if (!macros.has(name)) {
        const at = name === 'size' ? reading.source.slice(node.range.start, node.range.end).search(/size\s*\(\s*\)$/) : -1
        if (at >= 0) reading.edits.push({ from: node.range.start + at, to: node.range.start + at + name.length, text: 'sizeOf' })
        return first([receiver, ...args], reading)
      }
      if (reading.bound.size > 0) return { en: `"${name}" cannot stand within another loop over a list. Use two rules.`, zh: `“${name}”不能嵌套在另一个列表循环中，请拆分为两条规则。` }
      const [variable, ...bodies] = args
      return walk(receiver, reading) ?? first(bodies, { ...reading, bound: new Set(variable?.op === 'id' ? [variable.args] : []) })
    }
    case 'list': return first(node.args, reading)
    case 'map': return { en: 'Maps ({…}) cannot be used here.', zh: '此处不支持映射（{…}）。' }
    case '!_': case '-_': return walk(node.args, reading)
    default:
      if (comparisons.has(node.op)) besideADay(node.args as readonly ASTNode[], reading)
      return first(node.args, reading)
  }
}

function fieldOfHead(node: ASTNode, name: string, { head, headReferences, edits }: Reading): Text | undefined {
  if (!head) return { en: `"${headWord}.${name}": only rules of lines and of the rows of a table have a head. Write ${name}.`, zh: `“${headWord}.${name}”：只有明细行与表格行的规则才有表头，请直接写 ${name}。` }
  if (!head.has(name)) return { en: `The head has no field "${name.slice(0, 60)}" that rules of its rows can ask for. Check the key.`, zh: `表头没有可供行规则使用的字段“${name.slice(0, 60)}”，请检查标识。` }
  headReferences.add(name)
  edits.push(edit(node, headVariableOf(name)))
  return undefined
}

function first(nodes: readonly ASTNode[], reading: Reading): Text | undefined {
  for (const node of nodes) {
    const problem = walk(node, reading)
    if (problem) return problem
  }
  return undefined
}

function literal(node: ASTNode & { op: 'value' }, { source, edits }: Reading): Text | undefined {
  const written = source.slice(node.range.start, node.range.end)
  switch (typeof node.args) {
    case 'string': case 'boolean': return undefined
    case 'number': case 'bigint':
      if (!/^\d+(\.\d+)?$/.test(written)) break
      edits.push(edit(node, `exact("${written}")`))
      return undefined
    default: if (node.args === null) return { en: 'There is no null: write empty(field) for "nothing was entered".', zh: '不支持 null，判断未填写请用 empty(字段)。' }
  }
  return { en: `"${written.slice(0, 40)}" is no number that can be used here. Write it like 12.5.`, zh: `“${written.slice(0, 40)}”不是可用的数字，请写成 12.5 的形式。` }
}

/** A day that is written as people read it may stand beside the one it is compared with. */
function besideADay(sides: readonly ASTNode[], { edits }: Reading): void {
  if (sides.every(({ op }) => op === 'value')) return
  for (const side of sides) {
    if (side.op !== 'value' || typeof side.args !== 'string' || !isDay(side.args)) continue
    edits.push({ from: side.range.end, to: side.range.end, text: ')' }, { from: side.range.start, to: side.range.start, text: 'dayText(' })
  }
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

const edit = ({ range }: ASTNode, text: string): Edit => ({ from: range.start, to: range.end, text })

const notCallable = (name: string): Text => ({
  en: `There is no function "${name.slice(0, 40)}". Use one of ${[...callable].join(', ')}.`, zh: `没有函数“${name.slice(0, 40)}”。可用函数：${[...callable].join('、')}。`,
})
