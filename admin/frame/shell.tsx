import type { ReactNode } from 'react'
import { revisions } from '../../collections/core/platform.ts'
import { apiKeys, signIns } from '../../collections/core/security.ts'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { can } from '../../plugins/core/access/can.ts'
import { maySeeDeadLetters } from '../../plugins/core/api/dead-letters.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { maySeeSystemHealth } from '../../plugins/core/operations/system-health.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { pagesOf } from '../../plugins/core/pages/page-view.ts'
import { usersEntity } from '../../plugins/core/users/users-entity.ts'
import { firmView } from '../../plugins/core/views/firm-view.ts'
import { navigation } from '../../plugins/core/views/frame-view.ts'
import { KitProvider, type KitUser } from '../kit/kit-context.tsx'
import { Frame } from './frame.tsx'
import { navSections } from './nav-sections.ts'
import { pageSession } from './page-session.ts'
import { SignedOut } from './signed-out.tsx'

/** The frame round every page of the panel, for who is signed in; the bare page for others. */
export async function Shell({ children }: { readonly children: ReactNode }) {
  const { payload, req, language, isSignedIn } = await pageSession()
  const firm = await firmView(openStore(payload))
  if (!isSignedIn) return <KitProvider language={language} firm={firm} user={null}><SignedOut>{children}</SignedOut></KitProvider>
  const actor = await actorOfRequest(req)
  const platform = platformOf(payload)
  const user: KitUser = { id: actor.id, name: actor.name, email: req.user?.email ?? '', roles: [...actor.roles] }
  const roleLabels = platform.roles.filter(({ slug }) => actor.roles.includes(slug)).map(({ label }) => label)
  const mayAsk = (operation: string) => platform.operations.some(({ name, roles }) => name === operation && ['owner', ...roles].some((role) => actor.roles.includes(role)))
  const sections = navSections(navigation(platform, actor), pagesOf(payload, actor), {
    readsUsers: can(actor, 'read', usersEntity).allowed, isOwner: actor.roles.includes('owner'),
    hasKeys: can(actor, 'create', apiKeys).allowed || can(actor, 'read', apiKeys).allowed, seesSignIns: can(actor, 'read', signIns).allowed,
    seesDeadLetters: await maySeeDeadLetters(req), seesHealth: await maySeeSystemHealth(req), configures: can(actor, 'read', revisions).allowed,
    runsReports: mayAsk('trialBalance'), asksStructure: mayAsk('explode'),
  })
  return (
    <KitProvider language={language} firm={firm} user={user}>
      <Frame sections={sections} roleLabels={roleLabels}>{children}</Frame>
    </KitProvider>
  )
}
