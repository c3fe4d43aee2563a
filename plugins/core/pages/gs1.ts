import type { Text } from '../../../config/language/text.ts'
import { isDate } from '../engine/dates.ts'
import { applicationIdentifiers, hasPredefinedLength, type ApplicationIdentifier } from './gs1-identifiers.ts'

/** A part of a code: `identifier` as in `applicationIdentifiers`; `text`: as a field holds it ("2027-01-31", "1.250"). */
export type Gs1Element = { readonly identifier: string; readonly text: string }
/** `elements` of a code that is sound; `problem` of one that was meant as GS1 and is not; neither: no GS1 code. */
export type Gs1Reading = { readonly elements: readonly Gs1Element[] } | { readonly problem: Text } | null

/** What scanners transmit for FNC1 (clause 7.8.4): ASCII 29, or how they spell it. */
const separator = '\u001D'
const spelledSeparators = /␝|<GS>|\{GS\}/gi
/** Symbology identifiers of symbols that hold GS1 data (clause 5.1.3), GS1 Composite included. */
const symbology = /^\](?:C1|e0|e1|d2|Q3|J1)/

/**
 * Reads what a scanner typed: an element string with separators, one with its identifiers in brackets, or a GS1 Digital Link.
 * GS1 General Specifications, clauses 3 (identifiers), 7.8 (concatenation), 7.9 (check digit), 7.11 (characters), 7.12 (dates); GS1 Digital Link
 * standard, URI syntax. Plain text without a mark of GS1 is taken for it only where it begins with 00, 01 or 02, whose check digit proves it.
 * `today`: "YYYY-MM-DD", for the century of dates.
 */
export function readGs1(scanned: string, today: string): Gs1Reading {
  const text = scanned.trim().replace(spelledSeparators, separator)
  if (/^https?:\/\//i.test(text)) return readLink(text, today)
  if (/^\(\d{2,4}\)/.test(text)) return joined(bracketed(text), today)
  const isMarked = symbology.test(text) || text.includes(separator)
  const plain = text.replace(symbology, '')
  if (!isMarked && !/^0[012]\d{14}/.test(plain)) return null
  const read = joined(concatenated(plain), today)
  return !isMarked && 'problem' in read ? null : read
}

/** Clause 7.9: weights 3 and 1 from the right, up to the next ten. */
export function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

type Raw = { readonly identifier: string; readonly decimals: number; readonly value: string; readonly known: ApplicationIdentifier }
type Read = readonly (Raw | { readonly problem: Text })[]

const problem = (en: string, zh: string) => ({ problem: { en, zh } })
const unknown = (at: string) => problem(`"${at.slice(0, 8)}" is no application identifier that we know. Scan another code, or type the value.`, `“${at.slice(0, 8)}”不是已知的应用标识符，请扫描其他条码或手工录入。`)

/** The identifier that a text begins with. */
function identified(text: string): Omit<Raw, 'value'> & { readonly length: number } | undefined {
  for (const length of [2, 3, 4]) {
    const digits = text.slice(0, length)
    const known = applicationIdentifiers.get(digits)
    if (known && digits.length === length) return { identifier: digits, decimals: 0, known, length }
  }
  const family = `${text.slice(0, 3)}n`
  const known = applicationIdentifiers.get(family)
  return known && /^\d{3}[0-5]/.test(text) ? { identifier: family, decimals: Number(text[3]), known, length: 4 } : undefined
}

/** Clause 7.8.4: what has no predefined length ends at a separator or with the code. */
function concatenated(code: string): Read {
  const read: (Raw | { readonly problem: Text })[] = []
  let rest = code.replace(/^\u001D/, '')
  while (rest !== '') {
    const found = identified(rest)
    if (!found) return [...read, unknown(rest)]
    const { length, ...raw } = found
    rest = rest.slice(length)
    const end = hasPredefinedLength(raw.identifier) ? raw.known.longest : rest.indexOf(separator) < 0 ? rest.length : rest.indexOf(separator)
    read.push({ ...raw, value: rest.slice(0, end) })
    rest = rest.slice(end)
    if (rest.startsWith(separator)) rest = rest.slice(1)
  }
  return read
}

/** As it is printed below a symbol (clause 4.14): (01)09506000134352(10)ABC. */
function bracketed(code: string): Read {
  return [...code.matchAll(/\((\d{2,4})\)([\s\S]*?)(?=\(\d{2,4}\)|$)/g)].map(([, identifier = '', value = '']) => named(identifier, value.replaceAll(separator, '')))
}

function named(identifier: string, value: string): Raw | { readonly problem: Text } {
  const found = identified(identifier)
  if (!found || found.length !== identifier.length) return unknown(identifier)
  const { length: _, ...raw } = found
  return { ...raw, value }
}

const linkKeys = /^(00|01|253|255|401|402|414|417|8003|8004|8006|8010|8017|8018)$/

/** The path holds a key and its qualifiers in pairs, the question the rest. A GTIN may be shorter there. */
function readLink(text: string, today: string): Gs1Reading {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const segments = (url?.pathname ?? '').split('/').filter(Boolean).map(decoded)
  const start = segments.findIndex((segment, index) => linkKeys.test(segment) && index + 1 < segments.length)
  if (!url || start < 0) return null
  const pairs: [string, string][] = []
  for (let at = start; at + 1 < segments.length; at += 2) pairs.push([segments[at] ?? '', segments[at + 1] ?? ''])
  pairs.push(...[...url.searchParams].filter(([identifier]) => /^\d{2,4}$/.test(identifier) && identified(identifier)?.length === identifier.length))
  return joined(pairs.map(([identifier, value]) => named(identifier, identifier === '01' ? value.padStart(14, '0') : value)), today)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function joined(read: Read, today: string): Exclude<Gs1Reading, null> {
  const elements: Gs1Element[] = []
  for (const raw of read) {
    if ('problem' in raw) return raw
    const wrong = faultOf(raw)
    if (wrong) return wrong
    const text = spoken(raw, today)
    if (text === undefined) return problem(`(${raw.identifier}) "${raw.value}" is no date. Scan again, or type the value.`, `(${raw.identifier})“${raw.value}”不是有效日期，请重新扫描或手工录入。`)
    const known = elements.find(({ identifier }) => identifier === raw.identifier)
    // Clause 4.15: the same identifier twice says the same twice, or contradicts itself.
    if (known && known.text !== text) return problem(`(${raw.identifier}) stands twice with different values. Scan one code only.`, `(${raw.identifier}) 出现两次且内容不同，请只扫描一个条码。`)
    if (!known) elements.push({ identifier: raw.identifier, text })
  }
  return elements.length > 0 ? { elements } : problem('The code is empty. Scan again.', '条码为空，请重新扫描。')
}

/** Figure 7.11-1: the 82 characters of GS1. */
const characters = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/

function faultOf({ identifier, value, known }: Raw): { readonly problem: Text } | undefined {
  const { digits, shortest, longest, check } = known
  if (value.length < shortest || value.length > longest) return problem(`(${identifier}) ${known.label.en}: "${value}" is too ${value.length < shortest ? 'short' : 'long'}. Scan again.`, `(${identifier}) ${known.label.zh}：“${value}”长度不符，请重新扫描。`)
  if (digits ? !/^\d*$/.test(value) : !characters.test(value)) return problem(`(${identifier}) ${known.label.en}: "${value}" has characters that do not belong there. Scan again.`, `(${identifier}) ${known.label.zh}：“${value}”含有无效字符，请重新扫描。`)
  if (check !== undefined && checkDigit(value.slice(0, check - 1)) !== Number(value[check - 1])) return problem(`(${identifier}) ${known.label.en}: the check digit of ${value} is wrong. Scan again.`, `(${identifier}) ${known.label.zh}：${value} 校验码错误，请重新扫描。`)
  return undefined
}

function spoken({ value, decimals, known }: Raw, today: string): string | undefined {
  switch (known.says) {
    case 'text': return value
    case 'count': return String(Number(value))
    case 'measure': return decimals === 0 ? String(Number(value)) : `${Number(value.slice(0, -decimals))}.${value.slice(-decimals)}`
    case 'date': return dateOf(value, today)
  }
}

/** Clause 7.12: the century in which the year is at most 50 ahead and 49 behind; day 00 is the last of its month. */
function dateOf(value: string, today: string): string | undefined {
  const [short, month, day] = [value.slice(0, 2), value.slice(2, 4), value.slice(4)]
  const now = Number(today.slice(0, 4))
  const difference = Number(short) - (now % 100)
  const century = Math.floor(now / 100) + (difference >= 51 ? -1 : difference <= -50 ? 1 : 0)
  const year = String(century * 100 + Number(short))
  if (day !== '00') return isDate(`${year}-${month}-${day}`) ? `${year}-${month}-${day}` : undefined
  if (!isDate(`${year}-${month}-01`)) return undefined
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return `${year}-${month}-${String(last).padStart(2, '0')}`
}
