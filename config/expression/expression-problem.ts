import type { Text } from '../language/text.ts'

/** What the library says of an expression that it cannot use; `range` in what it was given. */
type Fault = { readonly code?: unknown; readonly summary?: unknown; readonly range?: { readonly start: number } | undefined }

/** What is wrong with an expression, in the words of whoever writes it, and what to write instead. `source` is as it was written. */
export function problemOf(error: unknown, source: string): Text {
  const { code, summary, range } = (typeof error === 'object' && error !== null ? error : {}) as Fault
  const said = typeof summary === 'string' ? summary : ''
  const at = range?.start ?? 0
  switch (code) {
    case 'unknown_variable': return unknownField(said.slice('Unknown variable: '.length))
    case 'no_such_overload': return operatorProblem(said.slice('no such overload: '.length))
    case 'no_matching_overload': return functionProblem(/'(?:[^'(]*\.)?(\w+)\(/.exec(said)?.[1] ?? '')
    case 'invalid_macro_argument': case 'invalid_macro': return functionProblem('exists')
    case 'incompatible_ternary_branches': {
      const [, first = '', second = ''] = /got '(.+)' and '(.+)'/.exec(said) ?? []
      return { en: `Both values after ? must be of one kind; here they are ${kindText(first).en} and ${kindText(second).en}.`, zh: `? 后的两个值须为同一种类，当前分别为${kindText(first).zh}和${kindText(second).zh}。` }
    }
    case 'invalid_condition_type': return { en: 'What stands before ? must be a condition, like price > 10.', zh: '? 前须为条件，例如 price > 10。' }
    case 'heterogeneous_list_element': return { en: 'All values of a list must be of one kind, like ["a", "b"].', zh: '列表中的值须为同一种类，例如 ["a", "b"]。' }
    case 'no_such_key': return unknownColumn(said.slice('No such key: '.length))
    case 'cannot_index_type': return { en: 'A field has no parts behind a point. Use the field alone, or one of the functions.', zh: '字段后不能用点号取部分内容，请直接使用字段或函数。' }
    case 'unterminated_string': case 'unterminated_triple_quoted_string': case 'newline_in_string': return { en: 'A text lacks its closing quotation mark.', zh: '文本缺少结束引号。' }
    case 'limit_exceeded': return { en: 'The expression is too large or nested too deeply. Split it into several rules.', zh: '表达式过大或嵌套过深，请拆分为多条规则。' }
    case 'invalid_number': case 'invalid_exponent': case 'invalid_integer': case 'invalid_hex_integer': return { en: 'A number cannot be read. Write it like 12.5.', zh: '数字无法识别，请写成 12.5 的形式。' }
    case 'reserved_identifier': return reservedWord(said.slice('Reserved identifier: '.length))
    case 'expected_token': case 'unexpected_token': case 'unexpected_character':
      if (said.includes('EOF')) return endsEarly(source)
      return signProblem(source, at)
    default: return signProblem(source, at)
  }
}

/** A CEL type for people. */
export function kindText(type: string): Text {
  if (type.startsWith('list')) return kinds['list<string>'] as Text
  return kinds[type] ?? { en: 'another value', zh: '其他值' }
}

const kinds: Readonly<Record<string, Text>> = {
  Number: { en: 'a number', zh: '数字' }, string: { en: 'a text', zh: '文本' }, bool: { en: 'yes or no', zh: '是或否' }, Day: { en: 'a day', zh: '日期' },
  DayText: { en: 'a day', zh: '日期' }, Moment: { en: 'a moment', zh: '时间' }, 'list<string>': { en: 'a list', zh: '列表' },
}

const unknownField = (variable: string): Text => {
  const name = variable.slice(0, 60)
  return { en: `There is no field "${name}" in this form. A text stands in quotation marks.`, zh: `此表单没有字段“${name}”。文本须加引号。` }
}

const unknownColumn = (column: string): Text => {
  const name = column.slice(0, 60)
  return { en: `There is no column "${name}" in these rows.`, zh: `该表格没有列“${name}”。` }
}

/** `said`: "Number > string", "!Number". */
function operatorProblem(said: string): Text {
  const [left = '', sign = '', right = ''] = said.split(' ')
  if (!sign) {
    const kind = kindText(left.slice(1))
    return left.startsWith('!') ? { en: `! turns a condition round; ${kind.en} is none.`, zh: `! 只能用于条件，不能用于${kind.zh}。` } : { en: `- stands before numbers, not before ${kind.en}.`, zh: `- 只能用于数字，不能用于${kind.zh}。` }
  }
  const [one, other] = [kindText(left), kindText(right)]
  const hint = hintFor(sign, new Set([left, right]))
  return { en: `${one.en[0]?.toUpperCase() ?? ''}${one.en.slice(1)} and ${other.en} do not go together with ${sign}.${hint ? ` ${hint.en}` : ''}`, zh: `${one.zh}与${other.zh}不能用 ${sign} 运算。${hint?.zh ?? ''}` }
}

function hintFor(sign: string, types: ReadonlySet<string>): Text | undefined {
  const both = (one: string, other: string) => types.has(one) && types.has(other)
  if (both('Day', 'string')) return { en: 'Write a day like "2026-12-01".', zh: '日期请写成 "2026-12-01"。' }
  if (types.has('Moment')) return { en: 'day(seen) is the day of a moment.', zh: '可用 day(seen) 取得时间所在的日期。' }
  if (both('bool', 'string')) return { en: 'Write true or false without quotation marks, or the field alone.', zh: 'true 和 false 不加引号，或直接写字段名。' }
  if (sign === 'in') return { en: 'Behind in stands a list, like grade in ["a", "b"].', zh: 'in 后须为列表，例如 grade in ["a", "b"]。' }
  if (sign === '+' && both('Number', 'string')) return { en: 'string(price) makes a text of a number.', zh: '可用 string(price) 将数字转为文本。' }
  if (both('Number', 'string')) return { en: 'A number stands without quotation marks; number(note) makes one of a text.', zh: '数字不加引号；可用 number(note) 将文本转为数字。' }
  if (both('Day', 'Number')) return { en: 'The days between two are due - today.', zh: '两日期相差天数可写为 due - today。' }
  if (types.has('list<string>')) return { en: 'Ask a list like "x" in parts, or size(parts) > 1.', zh: '列表请写成 "x" in parts 或 size(parts) > 1。' }
  return undefined
}

const usages: Readonly<Record<string, string>> = {
  empty: 'empty(note)', number: 'number(note)', string: 'string(price)', abs: 'abs(price)', round: 'round(price, 2)', min: 'min(price, 10)', max: 'max(price, 10)', day: 'day(seen)',
  year: 'year(due)', month: 'month(due)', sizeOf: 'size(note)', contains: 'note.contains("x")', startsWith: 'note.startsWith("x")', endsWith: 'note.endsWith("x")',
  all: 'parts.all(one, one != "x")', exists: 'parts.exists(one, one == "x")', exists_one: 'parts.exists_one(one, one == "x")', map: 'parts.map(one, one + "!")', filter: 'parts.filter(one, one != "x")',
}

function functionProblem(name: string): Text {
  const usage = usages[name]
  const called = name === 'sizeOf' ? 'size' : name
  return usage
    ? { en: `${called} cannot be used with these values. It is used like ${usage}.`, zh: `${called} 不能用于这些值，用法如 ${usage}。` }
    : { en: 'A function cannot be used with these values.', zh: '函数不能用于这些值。' }
}

function reservedWord(word: string): Text {
  if (word === 'if') return { en: 'There is no if: write condition ? value : other value, like urgent ? 1 : 2.', zh: '不支持 if，请写成“条件 ? 值 : 另一个值”，例如 urgent ? 1 : 2。' }
  return { en: `"${word}" is a word of the language. A field of that name is written ${word}_.`, zh: `“${word}”为语言保留字，同名字段请写成 ${word}_。` }
}

function endsEarly(source: string): Text {
  const open = source.split('(').length - source.split(')').length
  return open > 0 ? { en: 'A bracket is opened and not closed: ) is missing.', zh: '括号未闭合，缺少 )。' } : { en: 'The expression ends too early: something is missing at its end.', zh: '表达式不完整：末尾缺少内容。' }
}

/** What people write for a sign of the language. */
const signs: Readonly<Record<string, string>> = {
  '＞': '>', '＜': '<', '＝': '==', '！': '!', '（': '(', '）': ')', '【': '[', '】': ']', '，': ',', '、': ',', '：': ':', '？': '?', '＋': '+', '－': '-', '−': '-', '–': '-', '＊': '*', '×': '*', '·': '*', '／': '/', '÷': '/',
  '％': '%', '“': '"', '”': '"', '„': '"', '‘': "'", '’': "'", '≥': '>=', '≤': '<=', '≠': '!=', '＆': '&&', '｜': '||', '．': '.', '。': '.', '&': '&&', '|': '||', '∧': '&&', '∨': '||', '　': ' ',
}
const words: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', is: '==' }

function signProblem(source: string, at: number): Text {
  const sign = source[at] ?? ''
  if (sign === '=') return { en: 'Equal is written with two signs: ==.', zh: '判断相等须写两个等号：==。' }
  const meant = signs[sign]
  if (meant === ' ') return { en: 'There is a wide space. Use the space of the English keyboard.', zh: '含有全角空格，请改用半角空格。' }
  if (meant) return { en: `Instead of ${sign} write ${meant}${sign.codePointAt(0) as number > 127 ? ', from the English keyboard' : ''}.`, zh: `请将 ${sign} 改为英文符号 ${meant} 。` }
  const word = /\b(and|or|not|is)\b/i.exec(source.replace(/"[^"]*"|'[^']*'/g, (text) => ' '.repeat(text.length)))?.[1]?.toLowerCase()
  if (word) return { en: `Instead of ${word} write ${words[word] ?? ''}.`, zh: `请将 ${word} 改为 ${words[word] ?? ''}。` }
  if (sign === '>' && source[at - 1] === '<') return { en: 'Instead of <> write !=.', zh: '请将 <> 改为 !=。' }
  if (sign === ',' && /\d/.test(source[at - 1] ?? '')) return { en: 'Decimals are written with a point: 1.5.', zh: '小数点请用“.”：1.5。' }
  if (sign === ')') return { en: 'A bracket is closed that was not opened.', zh: '多了一个右括号。' }
  const rest = source.slice(at, at + 40).trim()
  return rest === '' ? endsEarly(source) : { en: `From “${rest}” on it cannot be read. Is a sign like && or + missing before it?`, zh: `从“${rest}”起无法识别，其前是否缺少 && 或 + 等符号？` }
}
