import type { Payload } from 'payload'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { systemActor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import { newId } from '../commands/context.ts'
import { moveDrafts } from '../configuration/drafts.ts'
import { moveWorkflowDrafts } from '../configuration/workflows/workflow-drafts.ts'
import { tellMisfits } from './misfits.ts'
import { rememberFormer } from '../workflow/former-states.ts'
import { triedAsDraft } from '../workflow/walks/kept-reports.ts'
import { platformOf } from './platform.ts'

/** Brings a database up to what is shipped: roles that are missing, every workflow definition by its hash, and drafts whose fields have another key now. */
export async function installPlatform(payload: Payload): Promise<void> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  tellMisfits(payload)
  await moveDrafts(payload)
  await moveWorkflowDrafts(payload)
  const known = new Set((await store.find('roles')).map(({ slug }) => slug))
  for (const { slug, label, permissions } of platform.roles) {
    if (known.has(slug)) continue
    const id = newId()
    await store.insert('roles', { id, version: 1, slug, name: label.en, nameZh: label.zh, permissions, shipped: true })
    await store.insert('history', {
      id: newId(), entity: 'roles', documentId: id, documentVersion: 1, at: new Date().toISOString(),
      actor: systemActor.id, actorName: systemActor.name, action: 'create',
    })
  }
  const stored = await store.find('definitions', { sort: ['-at', 'id'] })
  const hashes = new Set(stored.map(({ hash }) => hash))
  rememberFormer(platform, stored.map(({ hash, body }) => ({ hash, definition: body as WorkflowDefinition })))
  for (const [entity, { hash, definition }] of platform.workflows) {
    if (hashes.has(hash)) continue
    await store.insert('definitions', { id: newId(), hash, kind: 'workflow', slug: definition.slug, body: definition, walked: await triedAsDraft(store, { hash, entity }), at: new Date().toISOString() })
  }
}
