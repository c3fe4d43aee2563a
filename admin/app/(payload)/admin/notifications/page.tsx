import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { notificationTexts } from '../../../../locales/notification-texts.ts'
import { NotificationsPage } from '../../../../notifications/notifications-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${notificationTexts.title[language]} · Trellis` }
}

export default NotificationsPage
