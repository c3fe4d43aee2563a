import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import { fill } from '../../../config/errors.ts'
import type { Row } from '../data/store.ts'
import { isDecimal } from '../commands/defaults.ts'
import { mulDiv, scales } from '../engine/decimal.ts'
import { allFields } from '../entities/system-fields.ts'
import { describeLine } from '../entities/part-name.ts'
import { readStandard } from '../entities/standard-text.ts'
import { titleOf } from '../entities/title.ts'
import { renminbiInWords } from './amount-in-words.ts'
import { formatScaled, formatValue } from './format.ts'
import type { PaperSource } from './load-source.ts'
import type { Labelled, Paper } from './paper.ts'
import type { AddressSource, PrintColumn, PrintField } from './print-definition.ts'
import { words } from './words.ts'

/** Puts a document into words, in one language. Pure: the same source gives the same paper. */
export function composePaper(source: PaperSource, language: Language): Paper {
  const { definition, document, company, stateLabel } = source
  const writer: Writer = { source, language, say: (text, parameters = {}) => fill(text[language], parameters, language) }
  const { say } = writer
  const bankName = inLanguage(language, { en: company.bankName, zh: company.bankNameZh })
  const bank = definition.bank && company.bankAccount ? [[bankName, company.bankAccount].filter(Boolean).join(' · ')] : []
  const number = textOf(document.number)
  return {
    language,
    title: say(titleText(source)),
    number: number || say(words.draft),
    stamp: stateLabel ? say(stateLabel) : null,
    letterhead: letterhead(writer),
    addresses: addresses(writer),
    facts: definition.facts.flatMap((fact) => labelled(writer, fact)),
    ...table(writer),
    totals: definition.priced ? totals(writer) : [],
    amountInWords: definition.priced && language === 'zh' && company.currency === 'CNY'
      ? { label: say(words.inWords), value: renminbiInWords(Number(document.grandTotal)) } : null,
    sections: [
      ...paymentSection(writer),
      ...bank.map((account) => ({ label: say(words.bank), value: `${account}${number ? `\n${say(words.quoting, { number })}` : ''}` })),
      ...definition.texts.flatMap((field) => labelled(writer, { field })),
    ],
    closing: definition.closing ? say(definition.closing) : null,
    signatures: (definition.signatures ?? []).map((text) => say(text)),
    footer: footer(writer),
    pageLabel: words.page[language],
  }
}

type Writer = {
  readonly source: PaperSource
  readonly language: Language
  readonly say: (text: Text, parameters?: Readonly<Record<string, string>>) => string
}

/** A text of the company in the language of the paper, else the one there is. */
const inLanguage = (language: Language, { en, zh }: { readonly en: unknown; readonly zh: unknown }) => (language === 'zh' ? textOf(zh) || textOf(en) : textOf(en) || textOf(zh))

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

function titleText({ definition, document }: PaperSource): Text {
  const { titleBy, title } = definition
  return (titleBy && titleBy.titles[textOf(document[titleBy.field])]) ?? title
}

function letterhead({ source: { company }, language, say }: Writer): Paper['letterhead'] {
  const [name, other] = language === 'zh' && company.nameZh ? [company.nameZh, company.name] : [company.name, company.nameZh]
  return {
    name, otherName: other && other !== name ? other : null,
    lines: [
      ...linesOf(inLanguage(language, { en: company.address, zh: company.addressZh })),
      ...(company.taxNumber ? [say(words.taxNumber, { value: company.taxNumber })] : []),
    ],
  }
}

function footer({ source: { company }, say }: Writer): string[] {
  return [company.phone ? say(words.phone, { value: company.phone }) : null, company.email, company.website].filter((part): part is string => Boolean(part))
}

const linesOf = (text: unknown) => textOf(text).split(/\r?\n/).map((line) => line.trim()).filter(Boolean)

function addresses(writer: Writer): Paper['addresses'] {
  const { source: { definition, entity, document, related }, language, say } = writer
  const { addressee, otherAddress } = definition
  const target = fieldOf(entity, addressee.field)?.to ?? ''
  const partner = related(target, document[addressee.field])
  const first = (sources: readonly AddressSource[]) => sources.map(({ of, field }) => linesOf(of === 'document' ? document[field] : partner?.row[field])).find((lines) => lines.length > 0) ?? []
  const taxNumber = definition.priced ? textOf(partner?.row.taxNumber) : ''
  const other = otherAddress ? first(otherAddress.fields) : []
  const own = first(addressee.address)
  return [
    {
      label: say(addressee.label),
      lines: [
        ...(partner ? [titleOf(partner.entity, partner.row, language)] : []), ...own,
        ...(taxNumber ? [say(words.taxNumber, { value: taxNumber })] : []),
      ],
    },
    ...(otherAddress && other.length > 0 && other.join() !== own.join() ? [{ label: say(otherAddress.label), lines: other }] : []),
  ]
}

/** The fields of a row with their labels, without the empty ones. */
function labelled(writer: Writer, { field: name, label }: PrintField): Labelled[] {
  const { source: { entity, document }, say } = writer
  const field = fieldOf(entity, name)
  if (!field) return []
  const value = speak(writer, field, document)
  return value ? [{ label: say(label ?? field.label), value }] : []
}

function table(writer: Writer): Pick<Paper, 'columns' | 'rows'> {
  const { source: { definition, lineEntity, lines, company }, say } = writer
  const shown = definition.columns.filter(({ under }) => !under).flatMap((column) => {
    const field = lineEntity && fieldOf(lineEntity, column.field)
    if (!field) return []
    // A discount of nothing is no discount: an optional column says only what is there.
    const cells = lines.map((line, index) => (column.optional && !line[column.field] ? '' : cell(writer, { column, field, line, index })))
    return column.optional && cells.every((text) => text === '') ? [] : [{ column, field, cells }]
  })
  return {
    columns: shown.map(({ column, field }) => ({
      label: field.name === 'position' ? say(words.position)
        : `${say(column.label ?? field.label)}${field.type === 'money' || field.type === 'unitPrice' ? `\n${company.currency}` : ''}`,
      align: isDecimal(field) || field.to === 'tax-codes' ? 'right' : 'left',
      width: field.name === 'description' ? '*' : field.name === 'part' ? 84 : 'auto',
    })),
    rows: lines.map((_, row) => shown.map(({ cells }) => cells[row] ?? '')),
  }
}

function cell(writer: Writer, { column, field, line, index }: { column: PrintColumn; field: FieldDefinition; line: Row; index: number }): string {
  const { source: { related }, language } = writer
  if (column.field === 'position') return String(index + 1)
  if (column.field === 'description') return [readStandard(field.standardTexts, language, describeLine(language, related('parts', line.part)?.row, line.description)), ...underDescription(writer, line)].join('\n')
  if (column.field === 'part') return textOf(related('parts', line.part)?.row.partNumber)
  const value = speak(writer, language === 'zh' && column.inChinese && line[column.inChinese] ? { ...field, name: column.inChinese } : field, line)
  if (field.type !== 'quantity' || !value) return value
  const unit = related('units', line.unit)
  return unit ? `${value} ${titleOf(unit.entity, unit.row, language)}` : value
}

function underDescription(writer: Writer, line: Row): string[] {
  const { source: { definition, lineEntity }, language, say } = writer
  return definition.columns.filter(({ under }) => under).flatMap(({ field: name, label }) => {
    const field = lineEntity && fieldOf(lineEntity, name)
    const value = field ? speak(writer, field, line) : ''
    return field && value ? [`${say(label ?? field.label)}${language === 'zh' ? '：' : ': '}${value}`] : []
  })
}

function speak({ source: { related, exponent }, language }: Writer, field: FieldDefinition, row: Row): string {
  const value = row[field.name]
  if (field.type !== 'relation') return formatValue(field, value, { language, exponent })
  const target = related(field.to ?? '', value)
  if (!target) return ''
  if (field.to === 'tax-codes') return percentText(Number(target.row.rate), language)
  return titleOf(target.entity, target.row, language)
}

type TaxLine = { readonly rate: number; readonly base: number; readonly amount: number }

function totals(writer: Writer): Paper['totals'] {
  const { source: { definition, entity, document, company, exponent }, language, say } = writer
  const amount = (value: unknown) => formatScaled(Number(value), { scale: exponent, language, minDigits: exponent })
  const taxes = Array.isArray(document.taxLines) ? (document.taxLines as TaxLine[]) : []
  return [
    { label: say(words.net), value: amount(document.netTotal), strong: false },
    ...taxes.map(({ rate, base, amount: tax }) => ({
      label: say(words.tax, { rate: percentText(rate, language), base: amount(base) }), value: amount(tax), strong: false,
    })),
    ...(taxes.length === 0 && document.taxTotal ? [{ label: say(words.taxTotal), value: amount(document.taxTotal), strong: false }] : []),
    { label: say(words.total, { currency: company.currency }), value: amount(document.grandTotal), strong: true },
    ...(definition.amounts ?? []).flatMap(({ field: name, label }) => {
      const field = fieldOf(entity, name)
      return field && document[name] ? [{ label: say(label ?? field.label), value: amount(document[name]), strong: false }] : []
    }),
  ]
}

/** One hundred percent at the scale of percents. */
const whole = 100 * 10 ** scales.percent

function paymentSection(writer: Writer): Labelled[] {
  const { source: { definition, document, company, exponent, related }, language, say } = writer
  const term = definition.payment && related('payment-terms', document.paymentTerm)
  if (!term) return []
  const percent = Number(term.row.depositPercent ?? 0)
  const asked = Number(document.depositAmount ?? 0) || mulDiv(Number(document.grandTotal), percent, whole)
  const deposit = definition.payment?.deposit && percent > 0 && asked > 0
    ? [say(words.deposit, {
        percent: percentText(percent, language), currency: company.currency,
        amount: formatScaled(asked, { scale: exponent, language, minDigits: exponent }),
      })]
    : []
  return [{ label: say(words.payment), value: [titleOf(term.entity, term.row, language), ...deposit].join('\n') }]
}

const percentText = (rate: number, language: Language) => `${formatScaled(rate, { scale: scales.percent, language, minDigits: 0 })}%`

const fieldOf = (entity: EntityDefinition, name: string): FieldDefinition | undefined => allFields(entity).find((field) => field.name === name)
