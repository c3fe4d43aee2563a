import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { can } from '../../plugins/core/access/can.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { describeEntity } from '../../plugins/core/views/entity-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { reportTexts } from '../locales/operations-texts.ts'
import { reports, type ReportName } from './reports.ts'
import { ReportsScreen } from './reports-screen.tsx'

/** Trial balance and aged open amounts, for who may run them. */
export async function ReportsPage({ shown }: { readonly shown?: string }) {
  const { req } = await signedInSession('/admin/reports')
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const open = reports.filter(({ entity: slug, operation }) => {
    const entity = platform.entities.get(slug)
    return entity && can(actor, 'read', entity).allowed && describeEntity({ platform, actor }, entity).operations.some(({ name }) => name === operation)
  }).map(({ name }): ReportName => name)
  const [first] = open
  if (!first) return <ProblemPage text={reportTexts.none} />
  return <ReportsScreen open={open} initial={open.find((name) => name === shown) ?? first} />
}
