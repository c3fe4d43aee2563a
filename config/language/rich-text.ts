import type { Text } from './text.ts'

/**
 * A text with headings, lists, quotes, links, bold and italic, as a tree of nodes in ProseMirror's JSON (docs/adr/0021): never HTML, so
 * nothing in it can run, and what is not named here is refused, not removed.
 */
export type RichText = { readonly type: 'doc'; readonly content: readonly RichNode[] }
export type RichNode = {
  readonly type: Exclude<NodeName, 'doc'>
  readonly attrs?: { readonly level?: number; readonly start?: number }
  readonly content?: readonly RichNode[]
  readonly text?: string
  readonly marks?: readonly RichMark[]
}
export type RichMark = { readonly type: 'bold' | 'italic' } | { readonly type: 'link'; readonly attrs: { readonly href: string } }

type NodeName = keyof typeof contents
type Group = 'blocks' | 'items' | 'inline' | 'none'

/** What stands in a node; of an item the first is a paragraph. */
const contents = {
  doc: 'blocks', paragraph: 'inline', heading: 'inline', bulletList: 'items', orderedList: 'items', listItem: 'blocks', blockquote: 'blocks', hardBreak: 'none', text: 'none',
} as const satisfies Record<string, Group>
const members: Readonly<Record<Group, readonly NodeName[]>> = {
  blocks: ['paragraph', 'heading', 'bulletList', 'orderedList', 'blockquote'], items: ['listItem'], inline: ['text', 'hardBreak'], none: [],
}
export const headingLevels = [1, 2, 3] as const
export const richLimits = { characters: 50_000, nodes: 5_000, depth: 12, href: 2_000 } as const

/** What is wrong, and where: `path` within the value, like `content.2.attrs.level`. */
export type RichProblem = { readonly path: string; readonly message: Text }

/** @returns the text as it is kept: without properties that say nothing, null where nobody could read anything in it; or the first that is wrong */
export function readRichText(value: unknown): { readonly value: RichText | null } | { readonly problem: RichProblem } {
  if (typeof value === 'string') return readRichText(richOfPlain(value))
  const count = { nodes: 0, characters: 0 }
  try {
    const doc = readNode(value, { path: '', allowed: ['doc'], depth: 0, count }) as unknown as RichText
    return { value: plainOf(doc) === '' ? null : doc }
  } catch (error) {
    if (error instanceof Wrong) return { problem: { path: error.path, message: error.text } }
    throw error
  }
}

class Wrong extends Error {
  readonly path: string
  readonly text: Text
  constructor(path: string, en: string, zh: string) {
    super(en)
    this.path = path
    this.text = { en, zh }
  }
}

type Place = { readonly path: string; readonly allowed: readonly NodeName[]; readonly depth: number; readonly count: { nodes: number; characters: number } }

function readNode(value: unknown, { path, allowed, depth, count }: Place): RichNode {
  if (!isRecord(value)) throw new Wrong(path, 'a node is an object like {"type": "paragraph"}', '节点须为对象，如 {"type": "paragraph"}')
  count.nodes += 1
  if (count.nodes > richLimits.nodes || depth > richLimits.depth) throw new Wrong(path, `at most ${richLimits.nodes} nodes, ${richLimits.depth} deep`, `最多 ${richLimits.nodes} 个节点、${richLimits.depth} 层`)
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const type = allowed.find((name) => name === value.type)
  if (!type) throw new Wrong(at('type'), `here stands one of: ${allowed.join(', ')}`, `此处只能是：${allowed.join('、')}`)
  const extra = Object.keys(value).find((name) => !['type', 'attrs', ...(type === 'text' ? ['text', 'marks'] : ['content'])].includes(name) && !isEmptyList(value[name]))
  if (extra !== undefined) throw new Wrong(at(extra.slice(0, 40)), `${type} has no such property`, `${type} 没有此属性`)
  const attrs = readAttrs(type, value.attrs, at('attrs'))
  if (type === 'text') return { type, ...readText(value, at, count) }
  const children = value.content ?? []
  if (!Array.isArray(children)) throw new Wrong(at('content'), 'content is a list of nodes', 'content 须为节点列表')
  const group = contents[type]
  const content = children.map((child: unknown, index) => readNode(child, {
    path: at(`content.${index}`), depth: depth + 1, count, allowed: type === 'listItem' && index === 0 ? ['paragraph'] : members[group],
  }))
  if (content.length === 0 && group !== 'inline' && group !== 'none') throw new Wrong(at('content'), `${type} is not empty`, `${type} 不能为空`)
  return { type: type as RichNode['type'], ...(attrs && { attrs }), ...(content.length > 0 && { content }) }
}

function readText(value: Readonly<Record<string, unknown>>, at: (name: string) => string, count: Place['count']): Pick<RichNode, 'text' | 'marks'> {
  const { text, marks = [] } = value
  if (typeof text !== 'string' || text === '' || unstorable.test(text)) throw new Wrong(at('text'), 'text is not empty and has no control or broken characters', '文本不能为空，且不含控制符或损坏字符')
  count.characters += text.length
  if (count.characters > richLimits.characters) throw new Wrong(at('text'), `at most ${richLimits.characters} characters`, `最多 ${richLimits.characters} 个字符`)
  if (!Array.isArray(marks)) throw new Wrong(at('marks'), 'marks is a list', 'marks 须为列表')
  const read = (marks as readonly unknown[]).map((mark, index) => readMark(mark, at(`marks.${index}`)))
  if (new Set(read.map(({ type }) => type)).size < read.length) throw new Wrong(at('marks'), 'each mark comes once', '同一标记不能重复')
  return { text, ...(read.length > 0 && { marks: read.toSorted((a, b) => markNames.indexOf(a.type) - markNames.indexOf(b.type)) }) }
}

const markNames: readonly string[] = ['link', 'bold', 'italic']

function readMark(mark: unknown, path: string): RichMark {
  const type = isRecord(mark) ? mark.type : undefined
  const attrs = isRecord(mark) && isRecord(mark.attrs) ? mark.attrs : {}
  if (type === 'bold' || type === 'italic') return { type }
  if (type !== 'link') throw new Wrong(`${path}.type`, `a mark is one of: ${markNames.join(', ')}`, `标记只能是：${markNames.join('、')}`)
  if (!isSafeHref(attrs.href)) throw new Wrong(`${path}.attrs.href`, 'a link leads to an address that begins with https://, http://, mailto: or tel:', '链接须以 https://、http://、mailto: 或 tel: 开头')
  return { type, attrs: { href: attrs.href } }
}

/** Only where nothing runs. */
export function isSafeHref(href: unknown): href is string {
  if (typeof href !== 'string' || href.length > richLimits.href || !/^(?:https?:\/\/|mailto:|tel:)[^\s\p{Cc}]+$/iu.test(href)) return false
  return URL.canParse(href)
}

function readAttrs(type: NodeName, attrs: unknown, path: string): RichNode['attrs'] {
  if (attrs !== undefined && attrs !== null && !isRecord(attrs)) throw new Wrong(path, 'attrs is an object', 'attrs 须为对象')
  const given = isRecord(attrs) ? attrs : {}
  if (type === 'heading') {
    const level = headingLevels.find((one) => one === given.level)
    if (!level) throw new Wrong(`${path}.level`, `the level of a heading is one of: ${headingLevels.join(', ')}`, `标题级别只能是：${headingLevels.join('、')}`)
    return { level }
  }
  if (type !== 'orderedList' || given.start === undefined || given.start === 1) return undefined
  if (!Number.isInteger(given.start) || Number(given.start) < 1 || Number(given.start) > 9_999) throw new Wrong(`${path}.start`, 'a list begins with a whole number between 1 and 9999', '编号须从 1 至 9999 的整数开始')
  return { start: Number(given.start) }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0
/** Every database keeps them. */
const unstorable = /(?!\t)\p{Cc}|[\uD800-\uDFFF]/u

/** Plain words as such a text: a paragraph for each line. */
export const richOfPlain = (text: string): unknown => ({
  type: 'doc', content: text.split(/\r\n|\r|\n/).map((line) => ({ type: 'paragraph', ...(line.trim() === '' ? {} : { content: [{ type: 'text', text: line.replaceAll('\t', ' ') }] }) })),
})

/** Its words: a line for each paragraph, a sign before each item. For lists, files for people, papers and rules. */
export function plainOf({ content }: Pick<RichText, 'content'>): string {
  const lines = (nodes: readonly RichNode[], lead: string): string[] => nodes.flatMap((node, index) => {
    const sign = index === 0 ? lead : ' '.repeat(lead.length)
    switch (node.type) {
      case 'paragraph': case 'heading': return [sign + inlineOf(node.content ?? [])]
      case 'bulletList': return (node.content ?? []).flatMap((item) => lines(item.content ?? [], `${sign}• `))
      case 'orderedList': return (node.content ?? []).flatMap((item, at) => lines(item.content ?? [], `${sign}${(node.attrs?.start ?? 1) + at}. `))
      case 'blockquote': return lines(node.content ?? [], `${sign}> `)
      default: return []
    }
  })
  return content.some(hasWords) ? lines(content, '').map((line) => line.trimEnd()).join('\n').trim() : ''
}

const inlineOf = (nodes: readonly RichNode[]): string => nodes.map(({ type, text }) => (type === 'hardBreak' ? '\n' : text ?? '')).join('')
const hasWords = ({ text, content = [] }: RichNode): boolean => (text ?? '').trim() !== '' || content.some(hasWords)
