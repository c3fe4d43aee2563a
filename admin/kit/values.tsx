'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { FieldDefinition, Tone } from '../../config/language/entity.ts'
import { readFileValue } from '../../config/language/file-value.ts'
import { positionText, readPosition } from '../../config/language/position.ts'
import { plainOf, type RichText } from '../../config/language/rich-text.ts'
import { readSignature, type Signature } from '../../config/language/signature.ts'
import type { Text } from '../../config/language/text.ts'
import type { Title, Titles } from '../../plugins/core/views/titles.ts'
import { mostStars } from '../../plugins/core/commands/input.ts'
import { writeDuration } from '../../plugins/core/engine/durations.ts'
import { signatureTexts } from '../locales/signature-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { FileShown } from './file-value.tsx'
import { formatDateText, formatDecimalText, formatMoment, formatMoneyText, formatRelative } from './format.ts'
import { useKit, useText } from './kit-context.tsx'
import { PositionShown } from './position-value.tsx'
import { sentencesOf } from './sentences.ts'
import { RichTextShown } from './rich-text-value.tsx'
import { SignatureShown } from './signature-value.tsx'
import signatureStyles from './signature.module.css'
import styles from './values.module.css'

/** A state or an option in the colour its definition gives it; the word says the same without the colour. */
export function StateChip({ label, tone = 'neutral' }: { readonly label: Text; readonly tone?: Tone }) {
  const say = useText()
  return <span className={`${styles.chip} ${styles[tone]}`}>{say(label)}</span>
}

/** `bare`: without the currency's sign, where a column says it once. */
export function Money({ value, bare = false }: { readonly value: string; readonly bare?: boolean }) {
  const { firm } = useKit()
  return <span className={styles.number}>{bare ? formatDecimalText(value, { minDigits: firm.exponent }) : formatMoneyText(value, firm)}</span>
}

export function Quantity({ value, unit }: { readonly value: string; readonly unit?: string }) {
  return <span className={styles.number}>{formatDecimalText(value)}{unit ? ` ${unit}` : ''}</span>
}

export function DateText({ value }: { readonly value: string }) {
  const { language } = useKit()
  return <time dateTime={value} className={styles.number}>{formatDateText(value, language)}</time>
}

/** How long ago, with the exact time on hover. The first paint shows the exact time: server and browser agree on it. */
export function Moment({ value, exact = false }: { readonly value: string; readonly exact?: boolean }) {
  const { language, firm } = useKit()
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  const whole = formatMoment(value, { language, timeZone: firm.timeZone })
  return <time dateTime={value} title={whole} className={styles.number}>{exact || now === null ? whole : isOld(value, now) ? whole.replace(/,? \d\d:\d\d$/, '') : formatRelative(value, { language, now })}</time>
}

/** "Last month" says less than the day. */
const isOld = (iso: string, now: number) => now - Date.parse(iso) > 7 * 86_400_000

export function Empty() {
  const say = useText()
  return <span className={styles.empty}>{say(kitTexts.none)}</span>
}

/** A reference by its title, as a link for who may read it. */
export function Reference({ entity, id, title, hint = false }: { readonly entity: string; readonly id: string; readonly title: Title | undefined; readonly hint?: boolean }) {
  const say = useText()
  if (title?.redacted) return <span className={styles.empty} title={say(kitTexts.notAllowed)}>•••</span>
  const shown = title?.title ?? id
  if (entity === 'users') return <span>{shown}</span>
  return (
    <>
      <Link href={`/admin/collections/${entity}/${encodeURIComponent(id)}`} prefetch={false} className={styles.link}>{shown}</Link>
      {hint && title?.hint ? <span className={styles.hint}>{title.hint}</span> : null}
    </>
  )
}

/** Characters of a long text that a line of a list has room for. */
const mostDense = 200

type FieldValueProps = {
  readonly field: FieldDefinition
  readonly value: unknown
  readonly titles: Titles
  /** In tables: amounts without sign, references without hint. */
  readonly dense?: boolean
}

/** Any field's spoken value, as its type is written. */
export function FieldValue({ field, value, titles, dense = false }: FieldValueProps) {
  const say = useText()
  const { language } = useKit()
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <Empty />
  switch (field.type) {
    case 'money': return <Money value={String(value)} bare={dense} />
    case 'unitPrice': return <Money value={String(value)} bare={dense} />
    case 'quantity': case 'rate': case 'integer': return <Quantity value={String(value)} {...(field.unit ? { unit: field.unit } : {})} />
    case 'duration': return <span className={styles.number}>{writeDuration(Number(value))}</span>
    case 'rating': return <Stars value={Number(value)} of={field.max ?? mostStars} />
    case 'percent': return <span className={styles.number}>{formatDecimalText(String(value))}{language === 'zh' ? '%' : ' %'}</span>
    case 'date': return <DateText value={String(value)} />
    case 'dateTime': return <Moment value={String(value)} exact={!dense} />
    case 'boolean': return <span>{say(value === true ? kitTexts.yes : kitTexts.no)}</span>
    case 'select': {
      if (Array.isArray(value)) return <>{(value as readonly unknown[]).map((one, index) => <span key={String(one)}>{index > 0 ? ', ' : ''}{say(field.options?.find((candidate) => candidate.value === one)?.label ?? { en: String(one), zh: String(one) })}</span>)}</>
      const option = field.options?.find((candidate) => candidate.value === value)
      if (!option) return <span>{String(value)}</span>
      // In a table the quiet state is the usual one: only what differs from it gets a colour.
      if (dense && option.tone === 'neutral') return <span className={styles.empty}>{say(option.label)}</span>
      return option.tone ? <StateChip label={option.label} tone={option.tone} /> : <span>{say(option.label)}</span>
    }
    case 'relation': {
      const to = field.to ?? ''
      return <>{[value].flat().map((id, index) => <span key={String(id)}>{index > 0 ? ', ' : ''}<Reference entity={to} id={String(id)} title={titles[to]?.[String(id)]} hint={!dense} /></span>)}</>
    }
    case 'url': return <a className={styles.link} href={safeUrl(String(value))} rel="noreferrer noopener" target="_blank">{String(value)}</a>
    case 'email': return <a className={styles.link} href={`mailto:${String(value)}`}>{String(value)}</a>
    case 'table': return <span>{say((value as readonly unknown[]).length === 1 ? kitTexts.row : kitTexts.rows, { count: (value as readonly unknown[]).length })}</span>
    case 'file': case 'image': {
      const file = readFileValue(value)
      return !file ? <Empty /> : dense ? <span>{file.name}</span> : <FileShown field={field} value={file} />
    }
    case 'richText': return dense ? <span>{plainOf(value as RichText).slice(0, mostDense)}</span> : <RichTextShown value={value as RichText} />
    case 'signature': {
      const signature = readSignature(value)
      return !signature ? <Empty /> : dense ? <SignedBy signature={signature} /> : <SignatureShown signature={signature}><SignedBy signature={signature} /></SignatureShown>
    }
    case 'geolocation': {
      const position = readPosition(String(value))
      return !position ? <span>{String(value)}</span> : dense ? <span className={styles.number}>{positionText(position)}</span> : <PositionShown position={position} />
    }
    case 'json': return <JsonValue value={value} dense={dense} />
    default: return dense ? <span>{String(value)}</span> : <span className={styles.text}>{String(value)}</span>
  }
}

/** Who has signed and when, and whether it is still about the same. */
export function SignedBy({ signature: { signer, at, changedAt } }: { readonly signature: Signature }) {
  return <span className={signatureStyles.by}><span>{signer} ·</span><Moment value={at} exact />{changedAt === undefined ? null : <StateChip label={signatureTexts.changed} tone="warning" />}</span>
}

export function Stars({ value, of }: { readonly value: number; readonly of: number }) {
  const say = useText()
  return <span role="img" aria-label={say(kitTexts.stars, { count: value, of })} className={styles.stars}>{'★'.repeat(Math.min(value, of))}<span>{'★'.repeat(Math.max(0, of - value))}</span></span>
}

/** What the platform explains is read as sentences; anything else as it is kept. */
function JsonValue({ value, dense }: { readonly value: unknown; readonly dense: boolean }) {
  const say = useText()
  const sentences = sentencesOf(value)
  if (!sentences) return <code className={styles.json}>{JSON.stringify(value, null, dense ? 0 : 2)}</code>
  const written = sentences.map(({ line, message }) => (line === undefined ? say(message) : say(kitTexts.inLine, { line, text: say(message) })))
  if (dense) return <span>{written.join(' ')}</span>
  return <ul className={styles.sentences}>{written.map((sentence, index) => <li key={`${index}${sentence}`}>{sentence}</li>)}</ul>
}

export const isNumeric = ({ type }: Pick<FieldDefinition, 'type'>) =>
  type === 'money' || type === 'quantity' || type === 'unitPrice' || type === 'percent' || type === 'rate' || type === 'integer'

/** Only web addresses become links: a typed "javascript:" must not run. */
const safeUrl = (value: string) => (/^https?:\/\//i.test(value) ? value : `https://${value.replace(/^\w+:/, '')}`)
