import { notificationsView } from '../../plugins/core/notifications/notification-endpoints.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { NotificationsScreen } from './notifications-screen.tsx'

export async function NotificationsPage() {
  const { req } = await signedInSession('/admin/notifications')
  try {
    return <NotificationsScreen initial={await notificationsView(req, '1')} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
