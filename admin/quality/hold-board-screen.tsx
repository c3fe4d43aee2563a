'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { HoldBoard, HoldCard, HoldColumn } from '../../plugins/qms/hold-board.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { IconButton } from '../kit/button.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { EmptyState } from '../kit/surfaces.tsx'
import { Moment, Quantity } from '../kit/values.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import { holdTexts as texts } from '../locales/quality-texts.ts'
import page from '../kit/page.module.css'
import styles from './quality.module.css'

const columns: readonly { readonly name: HoldColumn; readonly tone: 'waiting' | 'bad' | 'warning' }[] = [
  { name: 'waiting', tone: 'waiting' }, { name: 'inspecting', tone: 'waiting' }, { name: 'deciding', tone: 'bad' }, { name: 'other', tone: 'warning' },
]

/** What is on hold, by what it waits for. */
export function HoldBoardScreen({ board: { cards, cutAt } }: { readonly board: HoldBoard }) {
  const say = useText()
  const router = useRouter()
  useCrumb(texts.title)
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(texts.title)}</h1><p>{say(texts.text)}</p></div>
        <IconButton icon="refresh" label={say(homeTexts.refresh)} onClick={() => router.refresh()} />
      </header>
      {cutAt === null ? null : <p className={page.faint}>{say(texts.more, { count: cutAt })}</p>}
      {cards.length === 0 ? (
        <EmptyState icon="check" title={say(texts.emptyTitle)} text={say(texts.emptyText)}><Link href="/admin/collections/inspection-plans">{say(texts.plans)}</Link></EmptyState>
      ) : (
        <div className={styles.board}>
          {columns.map(({ name, tone }) => {
            const own = cards.filter(({ column }) => column === name)
            return (
              <section key={name} className={styles.column} aria-label={say(texts.cards, { column: say(texts[name]), count: own.length })}>
                <header><h2>{say(texts[name])}</h2><span className={page.count} data-tone={own.length > 0 ? tone : undefined}>{own.length}</span></header>
                <ol className={styles.cards}>
                  {own.map((card, index) => <Card key={card.id ?? index} card={card} tone={tone} />)}
                  {own.length === 0 ? <li className={page.faint}>{say(texts.none)}</li> : null}
                </ol>
              </section>
            )
          })}
        </div>
      )}
    </div>
  )
}

function Card({ card: { part, quantity, unit, lot, location, supplier, since, entity, id, number }, tone }: { readonly card: HoldCard; readonly tone: string }) {
  const say = useText()
  const { language } = useKit()
  return (
    <li className={styles.card} data-tone={tone}>
      <span><span>{part.number}</span><Quantity value={quantity} unit={unit} /></span>
      <span>{language === 'zh' && part.nameZh ? part.nameZh : part.name}</span>
      <span className={styles.faint}>{[location, lot ? say(texts.lot, { lot }) : '', supplier ?? ''].filter(Boolean).join(' · ')}</span>
      {entity && id ? <span><Link href={`/admin/collections/${entity}/${id}`} prefetch={false}>{number}</Link>{since ? <span className={styles.faint}> · <Moment value={since} /></span> : null}</span> : null}
    </li>
  )
}
