import type { EntityDefinition, FieldDefinition, Tone } from '../../../config/language/entity.ts'
import { isSectionText } from '../../../config/language/fields.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import type { Text } from '../../../config/language/text.ts'
import { describeState } from '../../../workflows/engine/describe.ts'
import { revisions } from '../../../collections/core/platform.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { allFields, asAsked, formFields } from '../entities/system-fields.ts'
import { seenRules, seenTable } from '../forms/seen-rules.ts'
import type { Platform } from '../platform/platform.ts'
import { takesWorkflow } from '../platform/workflow-layers.ts'
import { formerState } from '../workflow/former-states.ts'

/** An entity as one person may see it: what a screen needs to draw its lists and documents. Plain JSON. */
export type EntityView = {
  readonly slug: string
  readonly system: EntityDefinition['system']
  readonly kind: EntityDefinition['kind']
  readonly label: Text
  readonly labels: Text
  readonly help?: Text
  readonly titleField: string
  readonly fields: readonly FieldDefinition[]
  /** Texts of the form, in their order, each with the field or text that it stands behind. */
  readonly texts?: readonly PlacedText[]
  readonly lines?: LinesView
  readonly listColumns: readonly string[]
  readonly searchFields: readonly string[]
  readonly defaultSort: string
  /** In the order of the definition; empty without a workflow. */
  readonly states: readonly StateView[]
  readonly rights: Rights
  readonly operations: readonly OperationView[]
  /** Whether it can be had as PDF. */
  readonly printable: boolean
  /** The layout of the firm, and those of its rules that ask for nothing hidden from this person; the server asks all of them. */
  readonly form?: FormDefinition
}

export type PlacedText = { readonly field: FieldDefinition; readonly after: string | null }

export type LinesView = {
  readonly entity: string
  readonly parentField: string
  readonly label: Text
  readonly fields: readonly FieldDefinition[]
  readonly columns: readonly string[]
  readonly form?: FormDefinition
}

export type StateView = { readonly name: string; readonly label: Text; readonly tone: Tone }
export type Rights = { readonly create: boolean; readonly edit: boolean; readonly discard: boolean; readonly export: boolean; readonly import: boolean; readonly send: boolean; /** Sees how its workflow is drawn. */ readonly design: boolean }
export type OperationView = { readonly name: string; readonly label: Text; readonly help?: Text; readonly input: readonly FieldDefinition[]; /** It only answers: it has a page of its own. */ readonly reads?: true }

type Seer = { readonly platform: Platform; readonly actor: Actor }

export function describeEntity({ platform, actor }: Seer, entity: EntityDefinition): EntityView {
  const seen = offered({ platform, actor }, visibleFields(actor, entity))
  const names = new Set(seen.map(({ name }) => name))
  const fields = seen.map((field) => seenTable(field, platform.forms.get(entity.slug), names))
  const texts = placedTexts(platform, entity, names)
  const isWritable = entity.kind === 'master' || entity.kind === 'document'
  const may = (action: 'create' | 'edit' | 'discard' | 'export' | 'import' | 'send') => can(actor, action, entity).allowed
  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  return {
    slug: entity.slug, system: entity.system, kind: entity.kind, label: entity.label, labels: entity.labels,
    ...(entity.help ? { help: entity.help } : {}),
    titleField: entity.titleField, fields, ...(texts.length > 0 ? { texts } : {}),
    ...(entity.lines && lineEntity ? { lines: linesView({ platform, actor }, { lines: entity.lines, entity: lineEntity, head: names }) } : {}),
    listColumns: entity.listColumns.filter((name) => names.has(name)),
    searchFields: (entity.searchFields ?? []).filter((name) => names.has(name)),
    defaultSort: entity.defaultSort ?? '-createdAt',
    states: statesOf(platform, entity.slug),
    printable: platform.prints.has(entity.slug), ...formView(platform, entity.slug, new Set([...names, ...texts.map(({ field }) => field.name)])),
    rights: {
      create: isWritable && may('create'), edit: isWritable && may('edit'), discard: isWritable && may('discard'),
      export: may('export'), import: isWritable && may('import'), send: entity.workflow !== undefined && may('send'), design: takesWorkflow(entity) && can(actor, 'read', revisions).allowed,
    },
    operations: platform.operations
      .filter((operation) => operation.entity === entity.slug && mayOperate(actor, operation.roles))
      .map(({ name, label, help, input, reads }) => ({ name, label, ...(help ? { help } : {}), input: input ?? [], ...(reads ? { reads } : {}) })),
  }
}

/** Fields that the actor may see, in the order of forms and lists. */
export function visibleFields(actor: Actor, entity: EntityDefinition): readonly FieldDefinition[] {
  const hidden = hiddenFields(actor, entity)
  return allFields(entity).filter((field) => !field.hidden && !hidden.has(field.name)).map(asAsked)
}

/** Texts that stand among the fields of a form. */
export const textsOfForm = (entity: EntityDefinition): readonly FieldDefinition[] => entity.fields.filter((field) => isSectionText(field) && !field.hidden)

/** The texts of a form, without those that are shown by what this person may not see. */
function placedTexts(platform: Platform, entity: EntityDefinition, visible: ReadonlySet<string>): readonly PlacedText[] {
  const told = new Set(platform.forms.get(entity.slug)?.steps.filter(({ references }) => [...references].some((name) => !visible.has(name))).map(({ field }) => field.name))
  const all = formFields(entity).filter(({ hidden }) => !hidden)
  return textsOfForm(entity).filter(({ name }) => !told.has(name)).map((field) => ({ field, after: all[all.indexOf(field) - 1]?.name ?? null }))
}

/** The label and colour of a stored state; the raw text where no definition that ever ruled has such a state. */
export function stateView(platform: Platform, slug: string, state: string | null | undefined): StateView | null {
  if (!state) return null
  const compiled = platform.workflows.get(slug)
  const known = (compiled && describeState(compiled, state)) ?? formerState(platform, slug, state)
  return known ? { name: state, label: known.label, tone: known.tone } : { name: state, label: { en: state, zh: state }, tone: 'neutral' }
}

/** What a reference leads to can be made from the form by whoever may make it. */
const offered = ({ platform, actor }: Seer, fields: readonly FieldDefinition[]): readonly FieldDefinition[] => fields.map((field) => {
  const target = field.quickCreate ? platform.entities.get(field.to ?? '') : undefined
  return field.quickCreate && !(target && can(actor, 'create', target).allowed) ? { ...field, quickCreate: false } : field
})

function formView(platform: Platform, slug: string, visible: ReadonlySet<string>, head?: ReadonlySet<string>): { readonly form?: FormDefinition } {
  const program = platform.forms.get(slug)
  if (!program) return {}
  const layout = program.layout && { ...program.layout, sections: program.layout.sections.map((section) => ({ ...section, fields: section.fields.filter((name) => visible.has(name)) })).filter(({ fields }) => fields.length > 0) }
  return { form: { rules: seenRules(program, visible, head), ...(layout && { layout }) } }
}

type LinesOf = { readonly lines: NonNullable<EntityDefinition['lines']>; readonly entity: EntityDefinition; /** Names that are seen of the document. */ readonly head: ReadonlySet<string> }

function linesView({ platform, actor }: Seer, { lines, entity, head }: LinesOf): LinesView {
  const fields = offered({ platform, actor }, visibleFields(actor, entity)).filter(({ name }) => name !== lines.parentField)
  const names = new Set(fields.map(({ name }) => name))
  return { ...lines, fields, columns: entity.listColumns.filter((name) => names.has(name)), ...formView(platform, entity.slug, names, head) }
}

export function statesOf(platform: Platform, slug: string): StateView[] {
  const definition = platform.workflows.get(slug)?.definition
  return Object.entries(definition?.states ?? {}).map(([name, { label, tone }]) => ({ name, label, tone: tone ?? 'neutral' }))
}

const mayOperate = (actor: Actor, roles: readonly string[]) => actor.roles.includes('owner') || roles.some((role) => actor.roles.includes(role))
