import type { Payload, PayloadRequest } from 'payload'
import { shippedRevision, type RevisionInputs } from '../../../config/language/revision.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { fieldChanges, type FieldChange } from '../configuration/field-changes.ts'
import { openStore } from '../data/open-store.ts'
import { ProblemError } from '../errors.ts'
import { problem } from '../../../config/errors.ts'
import { isOwnSlug, ownEntities, publishedFieldsOf, shippedEntities, withFields } from '../platform/own-fields.ts'
import { platformOf } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { clientHash } from './client-schema.ts'
import { clientHeader } from './typed-client.ts'

const hashes = new WeakMap<ReadonlyMap<string, EntityDefinition>, string>()

/** The hash of what this process runs. */
export function presentHash(payload: Pick<Payload, 'config'>): string {
  const { entities } = platformOf(payload)
  const hash = hashes.get(entities) ?? clientHash(entities.values())
  hashes.set(entities, hash)
  return hash
}

/** @throws ProblemError 409 for a client that was made for another configuration, with what has changed since */
export async function requirePresentClient({ payload, headers }: Pick<PayloadRequest, 'payload' | 'headers'>): Promise<void> {
  const given = headers.get(clientHeader)
  if (given === null || given === presentHash(payload)) return
  const { number, inputs } = revisionOf(payload)
  const made = await revisionWithHash(payload, given)
  const findings = made === undefined ? [] : fieldChanges(made.inputs, inputs).map(told)
  throw new ProblemError(problem(made === undefined ? 'unknownClient' : 'oldClient', { made: made?.number ?? 0, number, first: findings[0]?.message ?? '' }, { findings }))
}

type Hashed = { readonly number: number; readonly inputs: RevisionInputs; readonly hash: string }
const hashed = new WeakMap<ReadonlyMap<string, EntityDefinition>, Promise<readonly Hashed[]>>()
/** Clients older than so many revisions are told to be made again, without what has changed. */
const mostRevisions = 50

/** The newest revision that gives this hash with what is shipped now: a process computes them once, since revisions do not change. */
async function revisionWithHash(payload: Payload, hash: string): Promise<Hashed | undefined> {
  const { entities } = platformOf(payload)
  const known = hashed.get(entities) ?? hashRevisions(payload)
  hashed.set(entities, known)
  known.catch(() => hashed.delete(entities))
  return (await known).find((one) => one.hash === hash)
}

async function hashRevisions(payload: Payload): Promise<readonly Hashed[]> {
  const shipped = shippedEntities(platformOf(payload).entities.values(), revisionOf(payload).inputs).filter(({ slug }) => !isOwnSlug(slug))
  const rows = await openStore(payload).find('revisions', { sort: '-number', limit: mostRevisions })
  const revisions = [...rows.map(({ number, inputs }) => ({ number, inputs: inputs as RevisionInputs })), shippedRevision]
  return revisions.map(({ number, inputs }) => ({ number, inputs, hash: clientHash([...shipped, ...ownEntities(inputs)].map((entity) => withFields(entity, publishedFieldsOf(inputs, entity.slug)))) }))
}

function told({ entity, field, kind, details }: FieldChange): Finding {
  const what = field ? `${entity}.${field}` : entity
  const properties = details.map(({ property }) => property).join(', ')
  const words = { added: ['is new', '为新增'], retired: ['was taken out of use', '已停用'], restored: ['is in use again', '已恢复'], changed: [`has changed (${properties})`, `已更改（${properties}）`] }[kind] as [string, string]
  return { code: `client.${kind}`, path: what, severity: 'error', message: { en: `${what} ${words[0]}.`, zh: `${what} ${words[1]}。` } }
}
