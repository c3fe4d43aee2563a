import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityDefinition } from '../../config/language/entity.ts'
import type { Permission } from '../../config/language/role.ts'
import { shippedRoles } from '../../config/roles.ts'
import type { Actor } from '../../plugins/core/access/actor.ts'
import { can, hiddenFields } from '../../plugins/core/access/can.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { withPublishedFields } from '../../plugins/core/platform/published-fields.ts'
import { toGrants, toPermissions } from '../../plugins/core/users/grants.ts'

const entities = ['parts', 'quotes', '*']
const actions = ['read', 'create', 'edit', 'send'] as const
const events = ['accept', 'reject']
const fields = ['price', 'margin']

const permission: fc.Arbitrary<Permission> = fc.record(
  {
    entity: fc.constantFrom(...entities), actions: fc.uniqueArray(fc.constantFrom(...actions), { minLength: 1 }),
    events: fc.uniqueArray(fc.constantFrom(...events)), hiddenFields: fc.uniqueArray(fc.constantFrom(...fields)), own: fc.boolean(),
  },
  { requiredKeys: ['entity', 'actions'] },
)

const actor = (permissions: readonly Permission[]): Actor => ({ id: 'u', name: 'u', roles: [], language: 'en', permissions })
const entity = (slug: string): EntityDefinition => ({ slug, system: 'core', kind: 'master', titleField: 'id', fields: [], listColumns: [], label: { en: slug, zh: slug }, labels: { en: slug, zh: slug } })

/** Every decision that these permissions lead to. */
function decisions(permissions: readonly Permission[]) {
  return ['parts', 'quotes'].map((slug) => ({
    slug, hidden: [...hiddenFields(actor(permissions), entity(slug))].sort(),
    can: actions.flatMap((action) => [undefined, ...events].map((event) => can(actor(permissions), action, entity(slug), event))),
  }))
}

describe('a hidden field', () => {
  const label = { en: 'X', zh: 'X' }
  const all = new Map(withPublishedFields(builtPlugins, { fields: {
    customers: [{ name: 'secret', type: 'text', label, retired: true }, { name: 'successor', type: 'integer', label, convertedFrom: 'secret' }],
    'sales-orders': [{ name: 'limit', type: 'money', label, lookup: { through: 'customer', of: 'creditLimit' } }, { name: 'taken', type: 'integer', label, lookup: { through: 'customer', of: 'successor' } }],
    deliveries: [{ name: 'again', type: 'money', label, lookup: { through: 'salesOrder', of: 'limit' } }],
  } }).flatMap(({ entities: own = [] }) => own.map((one) => [one.slug, one])))
  const hiddenOf = (slug: string, ...permissions: Permission[]) => [...hiddenFields(actor(permissions), all.get(slug) ?? expect.fail())].sort()
  const orders: Permission = { entity: 'sales-orders', actions: ['read'] }

  it('takes what took over its values with it', () => {
    expect(hiddenOf('customers', { entity: 'customers', actions: ['read'], hiddenFields: ['secret'] })).toEqual(['secret', 'successor'])
    expect(hiddenOf('customers', { entity: 'customers', actions: ['read'] })).toEqual([])
  })

  it('is hidden where it is taken over too, by way of others as well, and from whoever may not read what it stands in', () => {
    expect(hiddenOf('sales-orders', orders, { entity: 'customers', actions: ['read'], hiddenFields: ['creditLimit'] })).toEqual(['limit'])
    expect(hiddenOf('sales-orders', orders, { entity: 'customers', actions: ['read'], hiddenFields: ['secret'] })).toEqual(['taken'])
    expect(hiddenOf('sales-orders', orders)).toEqual(['limit', 'taken'])
    const deliveries: Permission = { entity: 'deliveries', actions: ['read'] }
    expect(hiddenOf('deliveries', deliveries, orders, { entity: 'customers', actions: ['read'], hiddenFields: ['creditLimit'] })).toEqual(['again'])
    expect(hiddenOf('deliveries', deliveries, orders, { entity: 'customers', actions: ['read'] })).toEqual([])
    expect(hiddenOf('sales-orders', orders, { entity: 'customers', actions: ['read'] })).toEqual([])
  })
})

describe('grants', () => {
  it('decide as the permissions they were made of, whatever these are', () => {
    fc.assert(fc.property(fc.array(permission, { maxLength: 6 }), (permissions) => {
      expect(decisions(toPermissions(toGrants(permissions)))).toEqual(decisions(permissions))
    }), { numRuns: 500 })
  })

  it('have one line an entity and reach for every shipped role', () => {
    for (const { permissions } of shippedRoles) {
      const keys = toGrants(permissions).map(({ entity: slug, own }) => `${slug} ${String(own)}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
})
