import { getSchema } from '@tiptap/core'
import { Node } from '@tiptap/pm/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { richExtensions } from '../../admin/kit/rich-extensions.ts'
import { isSafeHref, plainOf, readRichText, richLimits, type RichText } from '../../config/language/rich-text.ts'

const doc = (...content: unknown[]) => ({ type: 'doc', content })
const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, ...(marks.length > 0 && { marks }) })
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const problemOf = (value: unknown) => {
  const read = readRichText(value)
  return 'problem' in read ? read.problem.path : 'taken'
}

/** Trees such as the editor makes. */
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }).map((one) => one.replaceAll(/\p{Cc}|\p{Cs}/gu, ' '))
const mark = fc.constantFrom({ type: 'bold' }, { type: 'italic' }, { type: 'link', attrs: { href: 'https://firm.example/a?b=1' } }, { type: 'link', attrs: { href: 'mailto:ann@firm.example' } })
const inline = fc.oneof({ weight: 5, arbitrary: fc.tuple(words, fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type })).map(([one, marks]) => text(one, ...marks)) }, { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) })
const { blocks } = fc.letrec<{ blocks: unknown[]; block: unknown; item: unknown }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof({ maxDepth: 3, depthSize: 'small' },
    fc.array(inline, { maxLength: 3 }).map((content) => paragraph(...content)), fc.tuple(fc.constantFrom(1, 2, 3), fc.array(inline, { maxLength: 2 })).map(([level, content]) => ({ type: 'heading', attrs: { level }, content })),
    fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((content) => ({ type: 'bulletList', content })), fc.tuple(fc.nat(20), fc.array(tie('item'), { minLength: 1, maxLength: 2 })).map(([start, content]) => ({ type: 'orderedList', attrs: { start: start + 1 }, content })),
    tie('blocks').map((content) => ({ type: 'blockquote', content }))),
  item: fc.tuple(fc.array(inline, { maxLength: 2 }), fc.array(tie('block'), { maxLength: 2 })).map(([first, rest]) => ({ type: 'listItem', content: [paragraph(...first), ...rest] })),
}))
const schema = getSchema(richExtensions)
/** Whether the editor could hold it. */
const isOfEditor = (value: unknown): boolean => {
  try {
    Node.fromJSON(schema, value as never).check()
    return true
  } catch {
    return false
  }
}

describe('a text with headings and lists', () => {
  it('is what the editor can hold, and the editor holds nothing else', () => {
    expect([Object.keys(schema.nodes).sort(), Object.keys(schema.marks).sort()]).toEqual([['blockquote', 'bulletList', 'doc', 'hardBreak', 'heading', 'listItem', 'orderedList', 'paragraph', 'text'], ['bold', 'italic', 'link']])
    fc.assert(fc.property(blocks, (content) => {
      const read = readRichText(doc(...content))
      if ('problem' in read) expect.fail(JSON.stringify(read.problem))
      expect(isOfEditor(doc(...content))).toBe(true)
      if (!read.value) return
      expect(isOfEditor(read.value)).toBe(true)
      expect(readRichText(read.value)).toEqual({ value: read.value })
      // What the editor gives back is the same text.
      const again = readRichText(Node.fromJSON(schema, read.value as never).toJSON())
      expect('value' in again && again.value && plainOf(again.value)).toBe(plainOf(read.value))
      expect(readRichText(JSON.parse(JSON.stringify(read.value)))).toEqual({ value: read.value })
    }), { numRuns: process.env.TEST_BUDGET === 'full' ? 10_000 : 150 })
  })

  it('is refused where the editor would refuse it: nodes in places that are not theirs', () => {
    const any = fc.constantFrom('paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'blockquote', 'doc', 'hardBreak', 'image', 'codeBlock')
    const node = (type: string, inner: unknown[]) => ({ type, ...(type === 'heading' && { attrs: { level: 1 } }), ...(inner.length > 0 && { content: inner }) })
    fc.assert(fc.property(any, any, any, fc.boolean(), (a, b, c, hasWords) => {
      const value = doc(node(a, [node(b, c === 'hardBreak' ? [{ type: 'hardBreak' }] : [node(c, hasWords && c !== 'bulletList' ? [text('x')] : [])])]))
      if (problemOf(value) === 'taken') expect(isOfEditor(value), JSON.stringify(value)).toBe(true)
      else expect(isOfEditor(value), JSON.stringify(value)).toBe(false)
    }), { numRuns: 1_500 })
  })

  it.each<[string, unknown, string]>([
    ['no tree', 5, ''], ['a list', [], ''], ['another root', { type: 'paragraph' }, 'type'], ['nothing in it', { type: 'doc' }, 'content'], ['a node that is not offered', doc({ type: 'image', attrs: { src: 'x' } }), 'content.0.type'],
    ['what every object has', doc(JSON.parse('{"type":"paragraph","__proto__":{"x":1}}')), 'content.0.__proto__'], ['a type of every object', doc({ type: 'constructor' }), 'content.0.type'],
    ['HTML beside it', doc({ type: 'paragraph', html: '<b>' }), 'content.0.html'], ['a heading of level 7', doc({ type: 'heading', attrs: { level: 7 } }), 'content.0.attrs.level'], ['an empty list', doc({ type: 'bulletList', content: [] }), 'content.0.content'],
    ['an item that begins with a list', doc({ type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'bulletList', content: [] }] }] }), 'content.0.content.0.content.0.type'],
    ['a link that runs', doc(paragraph(text('x', { type: 'link', attrs: { href: 'javascript:alert(1)' } }))), 'content.0.content.0.marks.0.attrs.href'], ['a link with a blank in front', doc(paragraph(text('x', { type: 'link', attrs: { href: ' javascript:alert(1)' } }))), 'content.0.content.0.marks.0.attrs.href'],
    ['a mark that is not offered', doc(paragraph(text('x', { type: 'textStyle', attrs: { style: 'x' } }))), 'content.0.content.0.marks.0.type'], ['a mark twice', doc(paragraph(text('x', { type: 'bold' }, { type: 'bold' }))), 'content.0.content.0.marks'],
    ['an empty text', doc(paragraph(text(''))), 'content.0.content.0.text'], ['a broken character', doc(paragraph(text('\uD800'))), 'content.0.content.0.text'], ['a text that is a number', doc(paragraph({ type: 'text', text: 1 })), 'content.0.content.0.text'],
    ['a book', doc(paragraph(text('x'.repeat(richLimits.characters + 1)))), 'content.0.content.0.text'], ['very many nodes', doc(...Array.from({ length: richLimits.nodes + 1 }, () => paragraph())), `content.${richLimits.nodes - 1}`],
    ['a well', Array.from({ length: 2_000 }).reduce<unknown>((inner) => ({ type: 'blockquote', content: [inner] }), paragraph(text('x'))), 'type'],
    ['a well within', doc(Array.from({ length: 2_000 }).reduce<unknown>((inner) => ({ type: 'blockquote', content: [inner] }), paragraph(text('x')))), `content.0${'.content.0'.repeat(richLimits.depth)}`],
    ['content that is none', doc({ type: 'paragraph', content: { length: 1 } }), 'content.0.content'],
  ])('refuses %s with its place', (_, value, path) => {
    expect(problemOf(value)).toBe(path)
  })

  it('is nothing where nobody could read anything, and plain words are one', () => {
    for (const empty of ['', '  \n ', doc(paragraph()), doc({ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text(' '))] }] })]) expect(readRichText(empty)).toEqual({ value: null })
    expect(readRichText('One\r\n\r\nTwo')).toEqual({ value: doc(paragraph(text('One')), { type: 'paragraph' }, paragraph(text('Two'))) })
    const whole = doc({ type: 'heading', attrs: { level: 1 }, content: [text('Title')] }, { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [paragraph(text('a')), { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('b'), { type: 'hardBreak' }, text('c'))] }] }] }] }, { type: 'blockquote', content: [paragraph(text('q'))] })
    expect(plainOf(whole as unknown as RichText)).toBe('Title\n3. a\n   • b\nc\n> q')
  })

  it.each([['https://a.example/x', true], ['HTTP://a.example', true], ['tel:+4930', true], ['mailto:a@b.example', true], ['javascript:alert(1)', false], ['data:text/html,x', false], ['//a.example', false], ['/admin', false], ['https://', false], ['https://a b', false], ['vbscript:x', false], [5, false]])('a link to %s: %s', (href, isSafe) => {
    expect(isSafeHref(href)).toBe(isSafe)
  })
})
