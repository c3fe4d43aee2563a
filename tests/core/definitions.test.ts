import { describe, expect, it } from 'vitest'
import { coreEntities } from '../../collections/core/entities.ts'
import { crmEntities } from '../../collections/crm/entities.ts'
import { erpEntities } from '../../collections/erp/entities.ts'
import { mrpEntities } from '../../collections/mrp/entities.ts'
import { qmsEntities } from '../../collections/qms/entities.ts'
import type { EntityDefinition, FieldDefinition } from '../../config/language/entity.ts'
import { lossReasons } from '../../config/language/options.ts'
import type { Reference, StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { phases } from '../../config/phases.ts'
import { shippedRoles } from '../../config/roles.ts'
import { systems } from '../../config/systems.ts'
import { systemFields } from '../../plugins/core/entities/system-fields.ts'
import { accountRoles } from '../../plugins/erp/engine/chart.ts'
import { crmWorkflows } from '../../workflows/crm/workflows.ts'
import { checkDefinition } from '../../workflows/engine/check-definition.ts'
import { createRegistry } from '../../workflows/engine/registry.ts'
import { erpWorkflows } from '../../workflows/erp/workflows.ts'
import { mrpWorkflows } from '../../workflows/mrp/workflows.ts'
import { qmsWorkflows } from '../../workflows/qms/workflows.ts'

const entities: readonly EntityDefinition[] = [...coreEntities, ...crmEntities, ...erpEntities, ...mrpEntities, ...qmsEntities]
const workflows: readonly WorkflowDefinition[] = [...crmWorkflows, ...erpWorkflows, ...mrpWorkflows, ...qmsWorkflows]
const bySlug = new Map(entities.map((entity) => [entity.slug, entity]))
/** Written by the platform; not among the definitions here. */
const platformEntities = ['users']
const duplicates = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index)

describe('entities', () => {
  it('have slugs of their own, and fields of their own names', () => {
    expect(duplicates(entities.map(({ slug }) => slug))).toEqual([])
    expect(entities.flatMap(({ slug, fields }) => duplicates(fields.map(({ name }) => `${slug}.${name}`)))).toEqual([])
  })

  it('refer to entities that exist', () => {
    const broken = entities.flatMap(({ slug, fields }) => fields
      .filter(({ type, to }) => (type === 'relation') !== (to !== undefined) || (to !== undefined && !bySlug.has(to) && !platformEntities.includes(to)))
      .map(({ name, to }) => `${slug}.${name} → ${to}`))
    expect(broken).toEqual([])
  })

  it.each(entities.map((entity) => [entity.slug, entity] as const))('%s names only fields it has', (_slug, entity) => {
    const known = new Set([...platformFields(entity), ...entity.fields.map(({ name }) => name)])
    const used = [
      entity.titleField, ...entity.listColumns, ...(entity.searchFields ?? []),
      ...(entity.indexes ?? []).flatMap(({ fields }) => fields),
      ...(entity.defaultSort === undefined ? [] : [entity.defaultSort.replace(/^-/, '')]),
    ]
    expect(used.filter((name) => !known.has(name))).toEqual([])
    expect(duplicates(entity.listColumns)).toEqual([])
  })

  it('do not repeat the fields of the platform', () => {
    const repeated = entities.flatMap((entity) => entity.fields
      .filter(({ name }) => platformFields(entity).has(name)).map(({ name }) => `${entity.slug}.${name}`))
    expect(repeated).toEqual([])
  })

  it('and their lines know each other', () => {
    for (const entity of entities) {
      if (entity.lines) {
        const lines = bySlug.get(entity.lines.entity)
        expect(lines, entity.slug).toMatchObject({ kind: 'line', parent: { entity: entity.slug, field: entity.lines.parentField } })
      }
      expect(entity.kind === 'line', entity.slug).toBe(entity.parent !== undefined)
      if (entity.parent) {
        const field = entity.fields.find(({ name }) => name === entity.parent?.field)
        expect(field, entity.slug).toMatchObject({ type: 'relation', to: entity.parent.entity, required: true })
        expect(bySlug.get(entity.parent.entity)?.lines?.entity).toBe(entity.slug)
      }
    }
  })

  it('offer a choice exactly where a field is a choice, and default to one of it', () => {
    for (const { slug, fields } of entities) {
      for (const field of fields) {
        expect(field.type === 'select', `${slug}.${field.name}`).toBe(field.options !== undefined)
        if (!field.options) continue
        const values = field.options.map(({ value }) => value)
        expect(duplicates(values)).toEqual([])
        if (field.default !== undefined) expect(values).toContain(field.default)
      }
    }
  })

  it('keep decimals as text, so that no default is a float', () => {
    const decimals = new Set<FieldDefinition['type']>(['money', 'quantity', 'unitPrice', 'percent', 'rate'])
    const wrong = entities.flatMap(({ slug, fields }) => fields
      .filter(({ type, default: value }) => decimals.has(type) && value !== undefined && (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)))
      .map(({ name }) => `${slug}.${name}`))
    expect(wrong).toEqual([])
  })

  it('number with one prefix each, gapless only what the law asks', () => {
    const series = entities.flatMap(({ numbering }) => numbering ?? [])
    expect(duplicates(series.map(({ prefix }) => prefix))).toEqual([])
    expect(entities.filter(({ numbering }) => numbering?.gapless).map(({ slug }) => slug)).toEqual(['invoices', 'credit-notes', 'journal-entries'])
  })

  it('offer every account of the chart that postings name', () => {
    const field = bySlug.get('ledger-accounts')?.fields.find(({ name }) => name === 'accountRole')
    expect(field?.options?.map(({ value }) => value)).toEqual([...accountRoles])
  })
})

describe('workflows', () => {
  it('and their entities name each other', () => {
    expect(duplicates(workflows.map(({ slug }) => slug))).toEqual([])
    const claimed = entities.flatMap(({ slug, workflow }) => (workflow ? [`${slug}: ${workflow}`] : []))
    expect(workflows.map(({ slug, entity }) => `${entity}: ${slug}`).sort()).toEqual(claimed.sort())
  })

  it('every document has one', () => {
    expect(entities.filter(({ kind, workflow }) => kind === 'document' && !workflow).map(({ slug }) => slug)).toEqual([])
  })

  it.each(workflows.map((workflow) => [workflow.slug, workflow] as const))('%s passes the check of definitions', (_slug, workflow) => {
    expect(checkDefinition(workflow, registryOf(workflows))).toEqual([])
  })

  it('the check would see an unknown state, event and role', () => {
    const [first] = crmWorkflows
    const broken = { ...first, initial: 'nowhere', states: { ...first?.states, stray: { label: { en: 'Stray', zh: '游离' }, on: { vanish: {} } } } }
    const codes = checkDefinition(broken, createRegistry({})).map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(
      ['initial', 'event', 'role', 'guard', 'action'].map((kind) => `workflow.unknown-${kind}`),
    ))
  })

  it('name the domain event of each step, and no two events of an entity leave the same one unless they mean the same', () => {
    for (const { slug, events } of workflows) {
      for (const [name, { past }] of Object.entries(events)) expect(past, `${slug}.${name}`).toMatch(/^[a-z]+(-[a-z]+)*$/)
      const twice = duplicates(Object.values(events).map(({ past }) => past ?? ''))
      expect(twice.filter((past) => !['confirmed', 'approved'].includes(past)), slug).toEqual([])
    }
  })

  it('guards and actions name fields that exist', () => {
    expect(workflows.flatMap((workflow) => unknownFields(workflow))).toEqual([])
  })

  it('events ask only for entities that exist', () => {
    const targets = workflows.flatMap(({ events }) => Object.values(events)
      .flatMap(({ input = [], lineInput = [] }) => [...input, ...lineInput]).flatMap(({ to }) => to ?? []))
    expect(targets.filter((to) => !bySlug.has(to))).toEqual([])
  })

  it('ask for a loss reason the opportunity can hold', () => {
    const field = bySlug.get('opportunities')?.fields.find(({ name }) => name === 'lossReason')
    expect(field?.options).toEqual(lossReasons)
  })

  it('let nobody edit or remove what is posted', () => {
    const posted = workflows.flatMap(({ slug, states }) => Object.entries(states)
      .filter(([name, { editable, discardable }]) => /posted|confirmed|approved|settled|accepted/.test(name) && (editable || discardable))
      .map(([name]) => `${slug}.${name}`))
    expect(posted).toEqual([])
  })
})

describe('roles', () => {
  const slugs = new Set([...bySlug.keys(), ...platformEntities, '*'])
  const permissions = shippedRoles.flatMap((role) => role.permissions.map((permission) => ({ role: role.slug, ...permission })))

  it('are the twelve, once each', () => {
    expect(shippedRoles.map(({ slug }) => slug)).toEqual(['owner', 'salesRep', 'salesManager', 'buyer', 'storekeeper', 'engineer', 'productionManager', 'inspector', 'qualityManager', 'accountant', 'viewer', 'system'])
  })

  it('speak of entities and events that exist', () => {
    expect(permissions.filter(({ entity }) => !slugs.has(entity)).map(({ role, entity }) => `${role}: ${entity}`)).toEqual([])
    const unknown = permissions.flatMap(({ role, entity, events = [] }) => {
      const known = workflows.find((workflow) => workflow.entity === entity)?.events ?? {}
      return events.filter((event) => !(event in known)).map((event) => `${role}: ${entity}.${event}`)
    })
    expect(unknown).toEqual([])
  })

  it('hide only fields that some entity of the grant’s kind has', () => {
    const names = new Set(entities.flatMap(({ fields }) => fields.map(({ name }) => name)))
    expect(permissions.flatMap(({ hiddenFields = [] }) => hiddenFields).filter((name) => !names.has(name))).toEqual([])
  })

  it('may send the events that a workflow gives them', () => {
    const missing = workflows.flatMap(({ entity, events }) => Object.entries(events).flatMap(([event, { roles = [] }]) => roles
      .filter((role) => role !== 'system' && !permissions.some((permission) => permission.role === role
        && (permission.entity === entity || permission.entity === '*') && permission.actions.includes('send')
        && (permission.events === undefined || permission.events.includes(event))))
      .map((role) => `${role}: ${entity}.${event}`)))
    expect(missing).toEqual([])
  })

  it('keep prices and costs from the storekeeper, bills and ledger from sales', () => {
    expect(readable('storekeeper', 'sales-orders')).not.toContain('grandTotal')
    expect(readable('storekeeper', 'sales-order-lines')).not.toContain('unitPrice')
    expect(readable('storekeeper', 'parts')).not.toContain('standardCost')
    expect(readable('storekeeper', 'stock-entries')).not.toContain('value')
    const closed = { storekeeper: ['journal-entries', 'stock-values', 'prices', 'invoices'], salesRep: ['supplier-bills', 'journal-entries', 'ledger-accounts', 'payments'] }
    for (const [role, refused] of Object.entries(closed)) {
      for (const entity of refused) expect(readable(role, entity), `${role} ${entity}`).toEqual([])
    }
  })

  it('let a viewer change nothing', () => {
    expect(permissions.filter(({ role, actions }) => role === 'viewer' && actions.some((action) => action !== 'read'))).toEqual([])
  })

  function readable(role: string, slug: string): string[] {
    const entity = bySlug.get(slug)
    const of = entity?.parent?.entity ?? slug
    const grants = permissions.filter((permission) => permission.role === role && permission.entity === of && permission.actions.includes('read'))
    const names = entity?.fields.map(({ name }) => name) ?? []
    return names.filter((name) => grants.some(({ hiddenFields = [] }) => !hiddenFields.includes(name)))
  }
})

describe('all definitions', () => {
  const definitions = { entities, workflows, roles: shippedRoles, systems, phases }

  it('are pure data: JSON and back changes nothing', () => {
    expect(JSON.parse(JSON.stringify(definitions))).toStrictEqual(definitions)
  })

  it('speak both languages wherever people read', () => {
    expect(missingTexts(definitions, 'definitions')).toEqual([])
    expect(missingTexts({ label: { en: 'Only English', zh: '' } }, 'x')).toEqual(['x.label'])
  })

  it('cover twelve systems, each in a phase that exists', () => {
    expect(systems).toHaveLength(12)
    expect(duplicates(systems.map(({ slug }) => slug))).toEqual([])
    expect(systems.filter(({ phase }) => !phases.some(({ number }) => number === phase))).toEqual([])
  })
})

/** What the platform adds by itself. */
function platformFields(entity: EntityDefinition): Set<string> {
  const added = systemFields({ ...entity, fields: [] }).map(({ name }) => name)
  return new Set(['id', 'createdAt', 'updatedAt', ...(entity.workflow ? ['workflow'] : []), ...added])
}

/** A registry that knows every guard, action and delay the definitions name, so that the check looks at the rest. */
function registryOf(definitions: readonly WorkflowDefinition[]) {
  const guards = new Set<string>()
  const actions = new Set<string>()
  for (const transition of definitions.flatMap(transitionsOf)) {
    for (const { type } of transition.guards ?? []) guards.add(type)
    for (const { type } of transition.actions ?? []) actions.add(type)
  }
  const label = { en: 'Known', zh: '已知' }
  const anything = (references: Iterable<string>) => [...references].map((type) => ({ type, label, params: paramsOf(type) }))
  const paramsOf = (type: string): FieldDefinition[] => [...new Set(definitions.flatMap(transitionsOf)
    .flatMap(({ guards: own = [], actions: done = [] }) => [...own, ...done])
    .filter((reference) => reference.type === type).flatMap(({ params = {} }) => Object.keys(params)))]
    .map((name) => ({ name, type: 'json', label }))
  return createRegistry({
    guards: anything(guards).map((guard) => ({ ...guard, facts: [], check: () => true })),
    actions: anything(actions),
    delays: [{ type: 'crm.quoteValidity', label, milliseconds: () => 0 }],
    roles: shippedRoles,
  })
}

function transitionsOf({ states }: WorkflowDefinition): TransitionDefinition[] {
  return Object.values(states).flatMap((state: StateDefinition) => Object.values(state.on ?? {}).flatMap((value) => value))
}

/** Fields that the general guards and actions of a workflow name but its entity, its lines or its input have not. */
function unknownFields(workflow: WorkflowDefinition): string[] {
  const entity = bySlug.get(workflow.entity)
  const lines = bySlug.get(entity?.lines?.entity ?? '')
  const namesOf = (of: EntityDefinition | undefined) => new Set(of ? [...of.fields.map(({ name }) => name), ...platformFields(of)] : [])
  const header = namesOf(entity)
  const line = namesOf(lines)
  const company = namesOf(bySlug.get('companies'))
  return Object.values(workflow.states).flatMap(({ on = {} }) => Object.entries(on).flatMap(([event, value]) => {
    const definition = workflow.events[event]
    const inputs = new Set((definition?.input ?? []).map(({ name }) => name))
    const rows = new Set((definition?.lineInput ?? []).map(({ name }) => name))
    const sourceOf = (relation: unknown) => namesOf(bySlug.get(lines?.fields.find(({ name }) => name === relation)?.to ?? ''))
    const scopes = ({ type, params = {} }: Reference): [left: Set<string>, right: Set<string>] => {
      if (type === 'core.lines') return [line, line]
      if (type === 'core.lineInput') return [rows, line]
      if (type === 'core.sourceLines') return [line, sourceOf(params.relation)]
      return [header, header]
    }
    return [value].flat().flatMap(({ guards = [], actions = [] }: TransitionDefinition) => [...guards, ...actions].flatMap((reference) => {
      const { params = {} } = reference
      const [left, right] = scopes(reference)
      const own = [params.field, params.relation, ...(Array.isArray(params.fields) ? params.fields : [])].filter((name) => name !== undefined)
      const ownScope = reference.type === 'core.sourceLines' ? line : header
      return [
        ...own.filter((name) => !ownScope.has(String(name))),
        ...namedIn(params.left).filter((name) => !left.has(name)),
        ...namedIn(params.right).filter((name) => !right.has(name)),
        ...namedIn(params.value).filter((name) => !header.has(name)),
        ...inputsIn(params).filter((name) => !inputs.has(name)),
        ...(reference.type === 'core.applyInput' ? own.filter((name) => !inputs.has(String(name))) : []),
        ...companyIn(params).filter((name) => !company.has(name)),
      ].map((name) => `${workflow.slug}.${event}: ${reference.type} names ${String(name)}`)
    }))
  }))
}

function namedIn(operand: unknown): string[] {
  if (typeof operand !== 'object' || operand === null) return []
  if ('field' in operand) return [String(operand.field)]
  return 'sum' in operand && Array.isArray(operand.sum) ? operand.sum.map((name) => String(name).replace(/^-/, '')) : []
}

const operandsIn = (key: 'input' | 'company') => (params: object): string[] => [params, ...Object.values(params)]
  .flatMap((value: unknown) => (typeof value === 'object' && value !== null && key in value ? [String(Reflect.get(value, key))] : []))
const inputsIn = operandsIn('input')
const companyIn = operandsIn('company')

/** Paths of texts that lack a language: every `label`, `labels`, `help`, `name`, `summary`, `refusal` that is an object. */
function missingTexts(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${path}.${key}`
    const isText = ['label', 'labels', 'help', 'name', 'summary', 'refusal', 'firm', 'symptoms'].includes(key) && typeof inner === 'object' && inner !== null
      && !('type' in inner)
    if (!isText || (key === 'name' && !('en' in inner))) return missingTexts(inner, here)
    const { en, zh } = inner as { en?: unknown; zh?: unknown }
    return [en, zh].every((text) => typeof text === 'string' && text.trim() !== '') ? [] : [here]
  })
}
