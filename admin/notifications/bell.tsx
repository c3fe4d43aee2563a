'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { useApi } from '../kit/api.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notificationTexts } from '../locales/notification-texts.ts'
import styles from './notifications.module.css'

const everyMilliseconds = 60_000
const mostShown = 99

/** How much the person has not read yet; looked at now and then, and with each page. */
export function Bell() {
  const say = useText()
  const path = usePathname()
  const { data, reload } = useApi<{ readonly unread: number }>('/api/inbox/count')
  useEffect(() => {
    void reload()
    const timer = setInterval(() => { if (!document.hidden) void reload() }, everyMilliseconds)
    return () => clearInterval(timer)
  }, [path, reload])
  const count = data?.unread ?? 0
  const label = count > 0 ? say(notificationTexts.bellWith, { count }) : say(notificationTexts.bell)
  return (
    <Link href="/admin/notifications" prefetch={false} className={styles.bell} aria-label={label} title={label}>
      <Icon name="bell" />
      {count > 0 ? <span aria-hidden="true" className={styles.count}>{count > mostShown ? `${mostShown}+` : count}</span> : null}
    </Link>
  )
}
