'use client'

import { IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { listTexts } from '../locales/list-texts.ts'
import styles from './imports.module.css'

type Props = { readonly page: number; readonly perPage: number; readonly total: number; readonly onPage: (page: number) => void }

/** Which rows of how many are shown, and the way to the others; nothing where one page holds them all. */
export function Pager({ page, perPage, total, onPage }: Props) {
  const say = useText()
  if (total <= perPage) return null
  return (
    <nav className={styles.pager} aria-label={say(listTexts.pages)}>
      <span>{say(importTexts.page, { from: (page - 1) * perPage + 1, to: Math.min(total, page * perPage), total })}</span>
      <IconButton small icon="left" label={say(listTexts.previous)} disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <IconButton small icon="right" label={say(listTexts.next)} disabled={page * perPage >= total} onClick={() => onPage(page + 1)} />
    </nav>
  )
}
