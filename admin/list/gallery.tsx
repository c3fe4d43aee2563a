'use client'

import { useMemo } from 'react'
import { addressOfFile, readFileValue } from '../../config/language/file-value.ts'
import { useText } from '../kit/kit-context.tsx'
import { Card, cardTitle } from './card.tsx'
import { cardFields } from './first-settings.ts'
import { NothingHere } from './nothing-here.tsx'
import { Pager } from './pager.tsx'
import type { OpenList } from './use-list.ts'
import styles from './views.module.css'

/** Documents as cards, with their picture where they have one. */
export function Gallery({ open }: { readonly open: OpenList }) {
  const say = useText()
  const { view, query, ask, loading, shown } = open
  const { entity } = view
  const { title, lines } = useMemo(() => cardFields(shown, entity), [shown, entity])
  if (view.rows.length === 0 && !loading) return <NothingHere entity={entity} isFiltered={Boolean(query.q || query.state || query.filters.length > 0)} onClear={() => ask({ q: '', state: '', filters: [] })} />
  return (
    <>
      <div className={styles.gallery} role="region" aria-label={say(entity.labels)} tabIndex={0}>
        <ul>
          {view.rows.map((row) => {
            const picture = readFileValue(shown.picture ? row[shown.picture] : undefined)
            return (
              <li key={row.id}>
                {shown.picture ? <Picture address={picture && addressOfFile({ entity: entity.slug, id: row.id, field: shown.picture ?? '', value: picture })} name={cardTitle(row, title, view.titles)} /> : null}
                <Card row={row} slug={entity.slug} title={title} lines={lines} titles={view.titles} at={view.at} state={view.states[String(row.state ?? '')]} />
              </li>
            )
          })}
        </ul>
      </div>
      <Pager view={view} query={query} ask={ask} />
    </>
  )
}

/** The first letter stands where there is no picture. */
function Picture({ address, name }: { readonly address: string | undefined; readonly name: string }) {
  if (address === undefined) return <span className={styles.noPicture} aria-hidden="true">{[...name][0]}</span>
  return <img className={styles.picture} src={address} alt="" loading="lazy" />
}
