import type { PayloadRequest } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import type { PageKind } from '../../../config/language/page.ts'
import type { Text } from '../../../config/language/text.ts'
import { systemActor, type Actor } from '../access/actor.ts'
import { can, requireRight } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { seenRules, seenTable } from '../forms/seen-rules.ts'
import { platformOf } from '../platform/platform.ts'
import { textsOfForm, visibleFields } from '../views/entity-view.ts'
import { titleOf } from '../views/titles.ts'
import { openPages, type OpenPage } from './open-pages.ts'
import { newStamp } from './page-stamp.ts'

/** A page as whoever fills it in sees it: its own fields and texts, and nothing else of the system. */
export type PageView = {
  readonly slug: string
  readonly kind: PageKind
  readonly title: Text
  readonly intro?: Text
  readonly thanks: Text
  readonly fields: readonly FieldDefinition[]
  /** The layout, and the rules that ask for fields of the page only; the server asks all of them. */
  readonly form: FormDefinition
  readonly gs1?: Readonly<Record<string, string>>
  /** What it makes, where its records may be looked at. */
  readonly readable?: string
  /** Of a public page: proves when it was opened. */
  readonly stamp?: string
}

/** @throws ProblemError 403 for who may not create such records */
export function pageViewFor(payload: PayloadRequest['payload'], actor: Actor, open: OpenPage): PageView {
  requireRight(actor, 'create', open.entity)
  const visible = visibleFields(actor, open.entity)
  return { ...viewOf(payload, open, visible), ...(open.page.gs1 ? { gs1: open.page.gs1 } : {}), ...(can(actor, 'read', open.entity).allowed ? { readable: open.entity.slug } : {}) }
}

/** What anyone may know of a public page. References have become choices among the records that it offers. */
export async function publicPageView(payload: PayloadRequest['payload'], open: OpenPage): Promise<PageView> {
  const fields = await Promise.all(visibleFields(systemActor, open.entity).map((field) => publicField(payload, open, field)))
  return { ...viewOf(payload, open, fields), stamp: newStamp(payload.secret, open.slug) }
}

/** Pages for this person: those whose records it may create. */
export function pagesOf(payload: PayloadRequest['payload'], actor: Actor): readonly { readonly slug: string; readonly title: Text; readonly kind: PageKind }[] {
  return [...openPages(payload).values()].flatMap((open) => (open && open.page.kind !== 'public' && can(actor, 'create', open.entity).allowed ? [{ slug: open.slug, title: open.page.title, kind: open.page.kind }] : []))
}

export const pageFieldNames = ({ page }: OpenPage): readonly string[] => page.layout.sections.flatMap(({ fields }) => fields)

function viewOf(payload: PayloadRequest['payload'], open: OpenPage, seen: readonly FieldDefinition[]): PageView {
  const { slug, page, entity } = open
  const asked = new Set(pageFieldNames(open))
  const program = platformOf(payload).forms.get(entity.slug)
  const all = [...seen, ...textsOfForm(entity)]
  const names = new Set(all.map(({ name }) => name).filter((name) => asked.has(name)))
  const fields = all.filter(({ name }) => names.has(name)).map((field) => seenTable(field, program, names))
  const sections = page.layout.sections.map((section) => ({ ...section, fields: section.fields.filter((name) => names.has(name)) }))
  return {
    slug, kind: page.kind, title: page.title, ...(page.intro ? { intro: page.intro } : {}), thanks: page.thanks, fields,
    form: { rules: program ? seenRules(program, names) : {}, layout: { ...page.layout, sections } },
  }
}

async function publicField(payload: PayloadRequest['payload'], { page }: OpenPage, { name, type, label, help, required, many, options, maxLength, min, max, minRows, maxRows, mask, unit, columns, default: usual, to, signedIn }: FieldDefinition): Promise<FieldDefinition> {
  const shown = {
    name, type, label, ...(help ? { help } : {}), ...(required ? { required } : {}), ...(maxLength === undefined ? {} : { maxLength }),
    ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), ...(options ? { options } : {}), ...(usual === undefined ? {} : { default: usual }),
    ...(many ? { many } : {}), ...(signedIn === undefined ? {} : { signedIn }), ...(mask === undefined ? {} : { mask }), ...(unit === undefined ? {} : { unit }), ...(columns ? { columns } : {}), ...(minRows === undefined ? {} : { minRows }), ...(maxRows === undefined ? {} : { maxRows }),
  }
  if (type !== 'relation' || to === undefined) return shown
  const ids = page.offers?.[name] ?? []
  const rows = await openStore(payload).byIds(to, ids) as ReadonlyMap<string, Row>
  const titled = (row: Row, language: 'en' | 'zh') => titleOf({ platform: platformOf(payload), actor: systemActor, language }, to, row).title
  return { ...shown, type: 'select', options: ids.flatMap((id) => {
    const row = rows.get(id)
    return row ? [{ value: id, label: { en: titled(row, 'en'), zh: titled(row, 'zh') } }] : []
  }) }
}
