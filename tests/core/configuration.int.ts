import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { text } from '../../config/language/fields.ts'
import type { Json } from '../../config/language/text.ts'
import type { SimulatedStep, Simulation } from '../../plugins/core/configuration/simulate/simulation.ts'
import { providePublisher, type Publication, type PublishRequest } from '../../plugins/core/configuration/publisher.ts'
import type { ConfigurationView, EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { RolesView } from '../../plugins/core/users/people-view.ts'
import { namedPeople } from '../../plugins/core/configuration/workflows/named-people.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const shelf = text('shelfColour', { en: 'Shelf colour', zh: '货架颜色' })
const audit = { name: 'lastAudit', type: 'date', label: { en: 'Last audit', zh: '最近审核' }, index: true }

let booted: Booted
let owner: Person
let clerk: Person
let asked: PublishRequest[] = []
let underWay: Publication | undefined

beforeAll(async () => {
  booted = await bootPlatform()
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(booted, ['owner'], 'owner')
  clerk = await signIn(booted, ['buyer'], 'buyer')
})
afterAll(async () => {
  providePublisher(undefined)
  await booted?.stop()
})
beforeEach(async () => {
  asked = []
  underWay = undefined
  providePublisher({ expect: () => {}, publish: (request) => { asked.push(request) }, publication: () => underWay })
  await openStore(booted.payload).remove('configuration-drafts', { id: { exists: true } })
})

const draft = (fields: unknown, slug = 'parts', more: object = {}) => owner.door(`/configuration/fields/${slug}`, { method: 'PUT', body: { fields, ...more } })
const publish = (base: unknown = 0) => owner.door('/configuration/publish', { method: 'POST', body: { base } })
const overview = async () => (await owner.door('/configuration')).body as ConfigurationView
const codeOf = ({ body }: { body: unknown }) => (body as { errors: { data: { code: string } }[] }).errors[0]?.data.code

describe('who may configure', () => {
  it.each([
    ['GET', '/configuration'], ['GET', '/configuration/publication'], ['GET', '/configuration/fields/parts'], ['GET', '/configuration/fields/parts/file'],
    ['PUT', '/configuration/fields/parts'], ['DELETE', '/configuration/fields/parts'], ['POST', '/configuration/publish'], ['POST', '/configuration/versions/0/draft'],
  ])('%s %s is refused to a buyer', async (method, path) => {
    expect((await clerk.door(path, { method, ...(method === 'GET' ? {} : { body: { fields: [], base: 0 } }) })).status).toBe(403)
  })

  it('a role may be given the right to', async () => {
    const { targets } = (await owner.door('/views/roles')).body as RolesView
    expect(targets.find(({ slug }) => slug === 'revisions')?.actions).toEqual(['read', 'edit'])
    const made = await owner.door('/roles', { method: 'POST', body: { slug: 'configurator', name: 'Configurator', permissions: [{ entity: 'revisions', actions: ['read', 'edit'] }] } })
    expect([made.status, made.text]).toEqual([201, expect.any(String)])
    const configurator = await signIn(booted, ['configurator'], 'configurator')
    expect((await configurator.door('/configuration/fields/parts', { method: 'PUT', body: { fields: [shelf] } })).status).toBe(200)
    expect((await configurator.door('/configuration/publish', { method: 'POST', body: { base: 0 } })).status).toBe(202)
  })

  it('an owner sees every form that takes fields, and no ledger or record', async () => {
    const { entities, mayEdit, canPublish, revision } = await overview()
    const slugs = entities.map(({ slug }) => slug)
    expect(slugs).toEqual(expect.arrayContaining(['parts', 'customers', 'purchase-orders', 'purchase-order-lines']))
    expect(slugs).not.toEqual(expect.arrayContaining(['stock-entries']))
    expect([mayEdit, canPublish, revision]).toEqual([true, true, 0])
  })
})

describe('a draft', () => {
  it('may be unfinished: what is missing is told at its place, and keeps it from being published', async () => {
    const answer = await draft([{ name: 'shelf Colour', type: 'text', label: { en: 'Shelf colour' } }, { name: 'choice', type: 'select', label: shelf.label }])
    expect(answer.status).toBe(200)
    const { findings } = answer.body as EntityFieldsView
    expect(findings.map(({ path }) => path)).toEqual(['fields.parts.0.name', 'fields.parts.0.label.zh'])
    expect(findings[1]?.message).toEqual({ en: 'Give the Chinese label, 200 characters at most.', zh: '请填写中文名称（不超过 200 个字符）。' })
    expect([(await publish()).status, asked]).toEqual([422, []])
  })

  it('may lack nearly everything, and is still shown by its key', async () => {
    await draft([{ name: 'a', type: 'text' }, { label: { zh: '颜色' } }, { name: 'b', type: 'select', label: { en: 'B' }, options: [{}] }], 'parts', { form: { rules: { a: { required: {}, checks: [{}] } }, layout: { sections: [{}] } } })
    const { status, body } = await owner.door('/configuration')
    expect([status, (body as ConfigurationView).changes.slice(0, 2).map(({ label }) => label), (body as ConfigurationView).findings.length > 0]).toEqual([200, [{ en: 'Layout', zh: '布局' }, { en: 'a', zh: 'a' }], true])
    expect((await owner.door('/configuration/fields/parts')).status).toBe(200)
  })

  it('is changed by one at a time', async () => {
    expect((await draft([shelf], 'parts', { expectedVersion: 0 })).status).toBe(200)
    const late = await draft([audit], 'parts', { expectedVersion: 0 })
    expect([late.status, codeOf(late)]).toEqual([409, 'versionConflict'])
    expect(((await owner.door('/configuration/fields/parts')).body as EntityFieldsView).draft).toMatchObject({ fields: [shelf], version: 1, by: 'owner' })
  })

  it('that equals what is published is none', async () => {
    await draft([shelf])
    expect((await overview()).changes).toEqual([{ entity: 'parts', field: 'shelfColour', label: shelf.label, kind: 'added', details: [] }])
    await draft([])
    expect((await overview()).entities.filter(({ draft: open }) => open)).toEqual([])
    expect([(await publish()).status, codeOf(await publish())]).toEqual([409, 'nothingToPublish'])
  })

  it.each([
    ['no list', { a: 1 }], ['texts', ['field']], ['a property that no field has', [{ ...shelf, hook: 'eval' }]], ['a prototype key', JSON.parse('[{"name":"x","__proto__":{"polluted":true}}]')],
    ['10,000 fields', Array.from({ length: 10_000 }, () => shelf)], ['a label of 10 MB', [{ ...shelf, label: { en: 'x'.repeat(1e7), zh: 'x' } }]], ['nothing', undefined],
  ])('is refused for %s', async (_, fields) => {
    expect((await draft(fields)).status).toBe(422)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('says which limit it breaks, and keeps nothing that would be lost', async () => {
    const refused = await draft(Array.from({ length: 401 }, () => shelf))
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('fields has more than 400 entries')])
    const inherited = await draft([], 'parts', { form: JSON.parse('{"rules":{"__proto__":{"computed":"1"}}}') as object })
    expect([inherited.status, inherited.text]).toEqual([422, expect.stringContaining('form.rules.__proto__ cannot be kept')])
    expect([(await publish('x')).status, (await publish(null)).status]).toEqual([422, 422])
    expect((await owner.door('/configuration/fields/parts/conversion', { method: 'POST', body: {} })).status).toBe(422)
  })

  it('is not published with what reads like HTML, and says in both languages what a rule lacks', async () => {
    const looked = async (fields: object[], form: object) => {
      await draft(fields, 'parts', { form })
      return (await overview()).findings.map(({ path, code, message }) => ({ path, code, ...message }))
    }
    const message = { en: 'No <b>way</b>.', zh: '不可。' }
    expect((await looked([{ ...shelf, label: { en: '<img src=x onerror=1>', zh: '颜色' }, help: { en: 'Plain', zh: '<script>1</script>' } }], { rules: { reorderPoint: { checks: [{ holds: "reorderPoint >= 0", message }] } } })).map(({ path, code }) => `${path}:${code}`)).toEqual([
      'fields.parts.0.label.en:markup', 'fields.parts.0.help.zh:markup', 'forms.parts.rules.reorderPoint.checks.0.message.en:markup',
    ])
    const rules = { weight: { required: { when: 'true', message: { en: 'only' } }, visible: 'true', whenHidden: 'vanish' } }
    const layout = { sections: [{ key: 'one', label: shelf.label, columns: 9, fields: [] }] }
    expect(await looked([shelf], { rules, layout })).toEqual([
      expect.objectContaining({ path: 'forms.parts.rules.weight.whenHidden', zh: expect.stringContaining('clear（清除）') as string }),
      expect.objectContaining({ path: 'forms.parts.rules.weight.required.message.zh', zh: expect.stringContaining('请填写中文提示') as string }),
      expect.objectContaining({ path: 'forms.parts.layout.sections.0.columns', en: 'A section has 1 to 4 columns.' }),
    ])
  })

  it.each(['nothing', '__proto__', 'users', 'stock-entries', 'roles', 'own-', 'own-A B', 'own-..%2F..%2Fx', 'own-%3Cscript%3E', `own-${'x'.repeat(5_000)}`])('is refused for the form %s, and nothing is kept of it', async (slug) => {
    const named = { label: shelf.label, labels: shelf.label, prefix: 'EQ' }
    expect((await draft([shelf], slug, { entity: named })).status).toBe(404)
    expect(await openStore(booted.payload).find('configuration-drafts', {})).toEqual([])
  })

  it('of a form that cannot be configured, kept earlier, hinders nobody', async () => {
    await openStore(booted.payload).insert('configuration-drafts', { id: 'roles', fields: [shelf], form: { rules: {} }, entity: null, version: 1, actor: owner.id, at: new Date().toISOString() })
    await draft([shelf])
    expect((await overview()).findings).toEqual([])
    expect((await publish()).status).toBe(202)
    expect(Object.keys(asked[0]?.inputs.fields ?? {})).toEqual(['parts'])
  })

  it('is a file that comes back byte by byte', async () => {
    await draft([{ ...audit, help: { zh: '日期', en: 'A date' } }, shelf])
    const file = await owner.door('/configuration/fields/parts/file')
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="parts.form.json"')
    await owner.door('/configuration/fields/parts', { method: 'DELETE' })
    const { fields, form } = JSON.parse(file.text) as { fields: unknown; form: unknown }
    await draft(fields, 'parts', { form })
    expect((await owner.door('/configuration/fields/parts/file')).text).toBe(file.text)
  })
})

describe('an entity of the firm', () => {
  const named = { label: { en: 'Machine', zh: '设备' }, labels: { en: 'Machines', zh: '设备' }, prefix: 'EQ' }
  const begin = (slug: string, entity: unknown, fields: unknown = []) => draft(fields, slug, { entity, form: { rules: {} } })

  it('is begun as a draft, with fields and a place in the list, and published with all others', async () => {
    expect((await begin('own-machines', named, [shelf])).status).toBe(200)
    const { entities, changes, findings } = await overview()
    expect(entities.find(({ slug }) => slug === 'own-machines')).toMatchObject({ labels: named.labels, own: 0, draft: { changes: 2 } })
    expect([changes.map(({ entity, field, kind }) => [entity, field, kind]), findings]).toEqual([[['own-machines', '', 'added'], ['own-machines', 'shelfColour', 'added']], []])
    expect((await publish()).status).toBe(202)
    expect(asked[0]?.inputs).toEqual({ entities: { 'own-machines': named }, fields: { 'own-machines': [shelf] } })
  })

  it.each([
    ['own-', named], ['machines', named], ['own-Machines', named], [`own-${'m'.repeat(60)}`, named], ['own-users', { ...named, prefix: 'too long' }], ['own-x', { ...named, prefix: '' }], ['own-y', { label: named.label }],
  ])('named %s is not published when that is no name for it', async (slug, entity) => {
    const { status } = await begin(slug, entity)
    if (status !== 200) return expect(status).toBe(404)
    expect((await overview()).findings.length).toBeGreaterThan(0)
    expect((await publish()).status).toBe(422)
  })

  it('shares neither its numbers nor its name in the API with another one', async () => {
    await begin('own-box', named)
    await begin('own-boxes', named)
    expect((await overview()).findings.map(({ code }) => code)).toEqual(['prefixTaken', 'nameTaken'])
  })

  it('that was only begun is gone when its draft is discarded', async () => {
    await begin('own-machines', named)
    const discarded = await owner.door('/configuration/fields/own-machines', { method: 'DELETE' })
    expect([discarded.status, discarded.body, (await owner.door('/configuration/fields/own-machines')).status]).toEqual([200, null, 404])
  })

  it('is refused where it holds what no entity has', async () => {
    expect((await begin('own-z', { ...named, hooks: [] })).status).toBe(422)
    expect((await owner.door('/configuration/fields/own-nothing')).status).toBe(404)
  })
})

describe('going back', () => {
  it('replaces what is open, also of forms that were never published', async () => {
    await draft([shelf])
    await draft([], 'own-begun', { entity: { label: shelf.label, labels: shelf.label, prefix: 'BG' } })
    const answer = await owner.door('/configuration/versions/0/draft', { method: 'POST', body: {} })
    expect([answer.status, answer.body, (await overview()).changes]).toEqual([200, { entities: [], pages: [], workflows: [] }, []])
  })
})

describe('rules about fields that some may not see', () => {
  const named = (name: string) => ({ en: name, zh: name })
  const fields = [{ name: 'copy', type: 'money', label: named('Copy') }, { name: 'probe', type: 'money', label: named('Probe') }]
  const rules = { copy: { computed: 'creditLimit' }, probe: { checks: [{ holds: 'empty(probe) || copy > probe', message: named('No.') }] }, creditLimit: { required: { when: 'true' } } }

  it('are published when whoever publishes has read what they mean, and for whom', async () => {
    expect((await owner.door('/roles', { method: 'POST', body: { slug: 'blind', name: 'Blind', nameZh: '受限', permissions: [{ entity: 'customers', actions: ['read', 'edit'], hiddenFields: ['creditLimit'] }] } })).status).toBe(201)
    const prepared = await draft(fields, 'customers', { form: { rules } })
    const { findings, warnings } = prepared.body as EntityFieldsView
    expect([findings, warnings.map(({ path, code, severity }) => `${path}:${code}:${severity}`).sort()]).toEqual([[], ['forms.customers.rules.copy:hiddenWith:warning', 'forms.customers.rules.creditLimit:notAsked:warning', 'forms.customers.rules.probe:rulesTell:warning']])
    const ofBlind = warnings.filter(({ message }) => message.en.includes('Blind') && message.zh.includes('受限'))
    expect(ofBlind).toHaveLength(3)
    const refused = await publish()
    expect([refused.status, asked]).toEqual([422, []])
    const accepted = (await overview()).warnings.map(({ path, code }) => `${path}:${code}`)
    expect((await owner.door('/configuration/publish', { method: 'POST', body: { base: 0, accepted: accepted.slice(1) } })).status).toBe(422)
    expect((await owner.door('/configuration/publish', { method: 'POST', body: { base: 0, accepted } })).status).toBe(202)
  })

  it('that can be used to find out what stands there are told as such', async () => {
    await draft(fields, 'customers', { form: { rules: { probe: { checks: [{ holds: 'empty(probe) || creditLimit > probe', message: named('No.') }] } } } })
    const { warnings } = await overview()
    expect(warnings.map(({ code, message }) => [code, message.en.includes('Rules of Probe ask for Credit limit, which') && message.en.includes('Viewer')])).toEqual([['rulesTell', true]])
  })

  it('that are taken over from where they are hidden are told too', async () => {
    const taken = { name: 'limit', type: 'money', label: named('Limit'), lookup: { through: 'customer', of: 'creditLimit' } }
    await draft([taken, fields[1]], 'sales-orders', { form: { rules: { probe: { checks: [{ holds: 'empty(probe) || limit > probe', message: named('No.') }] } } } })
    const { findings, warnings } = await overview()
    expect([findings, warnings.map(({ code, message }) => [code, message.en.includes('Rules of Probe ask for Limit, which') && message.en.includes('Viewer')])]).toEqual([[], [['rulesTell', true]]])
  })

  it('of which one is to be signed for the other cannot be changed by who sees only that: it is told', async () => {
    // Written past the door, which knows published fields only.
    await openStore(booted.payload).insert('roles', { id: 'unsigning', slug: 'unsigning', name: 'Unsigning', permissions: [{ entity: 'parts', actions: ['read', 'edit'], hiddenFields: ['sign'] }] })
    await draft([{ name: 'sign', type: 'signature', label: named('Sign') }, { name: 'released', type: 'boolean', label: named('Released'), signedIn: 'sign' }])
    const { findings, warnings } = await overview()
    expect([findings, warnings.map(({ path, code, message }) => `${path}:${code}:${message.en}`)]).toEqual([[], ['forms.parts.rules.released:cannotSign:Released is signed in Sign, which Unsigning may not see: they cannot change it.']])
  })
})

describe('publishing', () => {
  it('asks the front for the next revision with every draft in it', async () => {
    await draft([shelf])
    await draft([audit], 'customers')
    const answer = await publish()
    expect([answer.status, answer.body]).toEqual([202, { number: 1 }])
    expect(asked).toEqual([{ base: 0, actor: owner.id, inputs: { fields: { parts: [shelf], customers: [audit] } } }])
  })

  it('is refused on an old base, beside another one, and where nothing could take over', async () => {
    await draft([shelf])
    expect([(await publish(7)).status, codeOf(await publish(7)), codeOf(await publish('x'))]).toEqual([409, 'revisionBase', 'invalidInput'])
    underWay = { number: 1, actor: 'someone', at: new Date().toISOString() }
    expect(codeOf(await publish())).toBe('publishing')
    underWay = { ...underWay, problem: { en: 'It did not start.', zh: '未能启动。' } }
    expect((await publish()).status).toBe(202)
    expect((await owner.door('/configuration/publication')).body).toEqual({ revision: 0, publication: underWay })
    providePublisher(undefined)
    expect(codeOf(await publish())).toBe('noPublisher')
  })
})

/** The last one: from the next revision on, this process writes nothing. */
describe('a workflow that is tried out', () => {
  const named = (en: string) => ({ en, zh: en })
  const compare = (left: object, operator: string, right: unknown, sentence: string) => ({ type: 'core.compare', params: { left, operator, right, refusal: named(sentence) } })
  const definition = {
    slug: 'suppliers', version: 1, entity: 'suppliers', label: named('Supplier'), initial: 'asked',
    events: {
      check: { label: named('Check'), roles: ['buyer'], input: [text('note', named('Note'), { required: true })] },
      accept: { label: named('Accept'), roles: ['owner'], reason: 'required' }, remind: { label: named('Remind'), roles: ['system'] },
    },
    states: {
      asked: { label: named('Asked'), on: { check: { target: 'checked', guards: [compare({ field: 'name' }, '!=', 'Nobody', 'Nobody sells nothing.')], actions: [{ type: 'core.setField', params: { field: 'country', value: 'DE' } }, { type: 'core.emit', params: { event: 'seen' } }] } } },
      checked: { label: named('Checked'), after: { P3D: 'remind' }, on: { remind: {}, accept: { target: 'good', guards: [compare({ field: 'country' }, '=', 'DE', 'Only from Germany.')] } } },
      good: { label: named('Good'), type: 'final' },
    },
  }
  const ask = (body: object, person = owner, entity = 'suppliers') => person.door(`/configuration/workflows/${entity}/simulate`, { method: 'POST', body: { definition, roles: ['owner'], steps: [], ...body } })
  const check = { event: 'check', input: { note: 'Seen' } }
  const accept = { event: 'accept', reason: 'Good' }
  const sentences = ({ refusals }: SimulatedStep) => refusals.map(({ message }) => message.en)

  it('goes step by step: what is refused and why, actions in their order, timers and when they are due', async () => {
    const { status, body } = await ask({ data: { name: 'Steel', country: 'FR' }, steps: [accept, { event: 'check' }, check, { event: 'accept' }, { event: 'remind', system: true }, accept] })
    const { start, steps, here, timers, events } = body as Simulation
    expect([status, start.state, here, timers, events]).toEqual([200, 'asked', { state: 'good', label: named('Good'), tone: 'neutral', done: true }, [], []])
    expect(steps.map(({ from, to }) => `${from.state} ${to.state}`)).toEqual(['asked asked', 'asked asked', 'asked checked', 'checked checked', 'checked checked', 'checked good'])
    expect(steps.slice(0, 4).map(sentences)).toEqual([['“Accept” is not possible in state “Asked”. Possible here: “Check”.'], ['Note is missing. Fill it in first.'], [], ['“Accept” needs a reason. Write one sentence for those who read the history.']])
    expect(steps[2]).toMatchObject({ arrows: ['states.asked.on.check'], actions: [{ type: 'core.setField', tried: true }, { type: 'core.emit', tried: false }], started: [{ delay: 'P3D', event: 'remind' }], cancelled: [] })
    const [started] = steps[2]?.started ?? []
    expect(Date.parse(String(started?.due)) - Date.parse(String(steps[2]?.at))).toBe(3 * 86_400_000)
    // The timer's moment has come, and what follows happens then.
    expect([steps[4]?.at, steps[5]?.at]).toEqual([started?.due, started?.due])
  })

  it('shows deadlines with the moment they end, and approvals with those who would be asked', async () => {
    const buyer = await signIn(booted, ['buyer'], 'asked-buyer')
    const waiting = {
      ...definition, events: { ...definition.events, check: { label: named('Check'), roles: ['buyer', 'system'] }, reject: { label: named('Reject'), roles: ['system'] }, accept: { label: named('Accept'), roles: ['system'] } },
      states: {
        asked: { label: named('Asked'), sla: { within: 'PT2H', warn: 'PT30M', escalate: [{ role: 'owner' }], event: 'check' }, on: { check: { target: 'checked' } } },
        checked: {
          label: named('Checked'), sla: { within: 'P1D' }, on: { accept: { target: 'good' }, reject: { target: 'good' } },
          approval: {
            approved: 'accept', rejected: 'reject',
            steps: [
              { name: 'named', label: named('Named'), approvers: [{ users: [buyer.id] }] }, { name: 'role', label: named('Role'), approvers: [{ role: 'buyer' }] },
              { name: 'alone', label: named('Alone'), approvers: [{ users: [owner.id] }], mode: 'all', escalate: { after: 'P1D', to: 'owner' } }, { name: 'never', label: named('Never'), approvers: [{ role: 'owner' }], when: { expression: 'name == "Wood"' } },
            ],
          },
        },
        good: definition.states.good,
      },
    }
    const tried = async (body: object) => (await ask({ definition: waiting, data: { name: 'Steel' }, ...body })).body as Simulation
    const begun = await tried({})
    const hours = (from: string | undefined, to: string | null | undefined) => (Date.parse(String(to)) - Date.parse(String(from))) / 3_600_000
    const { steps: [late, agreed], ...over } = await tried({ steps: [{ event: 'check', system: true }, { event: 'accept', system: true }] })
    expect(begun.deadlines.map(({ key, event, due, warn }) => [key, event, hours(warn ?? '', due)])).toEqual([['asked', 'check', 0.5]])
    // The deadline sends its event at its end, and the next state has one of its own from there on.
    expect(late?.deadlines.ended.map(({ due }) => due)).toEqual([late?.at])
    expect(late?.deadlines.begun.map(({ key, due }) => [key, hours(late.at, due)])).toEqual([['checked', 24]])
    expect(late?.approvals.opened.map(({ key, steps }) => [key, steps.map(({ name, asked: seats }) => [name, seats?.map((seat) => [seat.name.en, seat.instead]) ?? null])])).toEqual([['checked', [
      ['named', [['asked-buyer', false]]], ['role', [['Buyer', false]]], ['alone', [['Owner', true]]], ['never', null],
    ]]])
    expect([agreed?.approvals.closed.map(({ key }) => key), agreed?.deadlines.ended.map(({ key }) => key), over.deadlines, over.approvals]).toEqual([['checked'], ['checked'], [], []])
    expect((await tried({ state: 'checked' })).approvals.map(({ steps }) => steps.length)).toEqual([4])
    // Whoever draws it reads names, also where something else stands in their place.
    expect(await namedPeople(openStore(booted.payload), [waiting as unknown as Json, null, { states: { a: { approval: { steps: [{ approvers: [{ users: [3, 'gone'] }, null, 'x'] }] } } } }])).toEqual({ users: { [buyer.id]: { title: 'asked-buyer' }, [owner.id]: { title: 'owner' } } })
  })

  it('is for the roles that were chosen, by their rights as they are now', async () => {
    const refusals = async (roles: readonly string[]) => ((await ask({ roles, data: { name: 'Steel' } })).body as Simulation).events.map(({ event, allowed, refusals: why }) => [event, allowed, why.map(({ code }) => code)])
    expect(await refusals(['owner'])).toEqual([['check', true, []]])
    expect(await refusals([])).toEqual([['check', false, ['simulationWithoutRight', 'workflow.role-missing']]])
    const given = { ...definition, events: { ...definition.events, check: { label: named('Check') } } }
    expect(((await ask({ definition: given, roles: ['storekeeper'], data: {} })).body as Simulation).events[0]?.refusals.map(({ code }) => code)).toEqual(['simulationWithoutRight'])
  })

  it('takes a document as it is, with its facts, and writes nothing', async () => {
    const made = await runCommand(booted.payload, systemActor, { action: 'create', entity: 'suppliers', data: { name: 'Nobody', number: 'N-1' } })
    const id = String(made.id)
    const store = openStore(booted.payload)
    const counts = () => Promise.all((['events', 'history', 'work-items'] as const).map((slug) => store.count(slug)))
    const before = [await store.get<string>('suppliers', id), await counts()]
    const { steps, here } = (await ask({ document: id, steps: [check] })).body as Simulation
    expect([steps.map(sentences), here.state]).toEqual([[['Nobody sells nothing.']], 'asked'])
    expect([await store.get<string>('suppliers', id), await counts()]).toEqual(before)
    expect((await ask({ document: 'nothing' })).status).toBe(404)
  })

  it('tells nobody what they may not see', async () => {
    const permissions = (hidden: readonly string[]) => [{ entity: 'revisions', actions: ['read', 'edit'] }, { entity: 'companies', actions: ['read'] }, ...(hidden.length > 0 ? [{ entity: 'suppliers', actions: ['read'], hiddenFields: hidden }] : [])]
    for (const [slug, hidden] of [['drawer', []], ['half-drawer', ['country']]] as const) {
      expect((await owner.door('/roles', { method: 'POST', body: { slug, name: slug, permissions: permissions(hidden) } })).status).toBe(201)
    }
    expect((await ask({ data: {} }, clerk)).status).toBe(403)
    const refused = await ask({ data: {} }, await signIn(booted, ['half-drawer'], 'half-drawer'))
    expect([refused.status, codeOf(refused)]).toEqual([403, 'simulationHidden'])
    expect((await ask({ data: {} }, await signIn(booted, ['drawer'], 'drawer'))).status).toBe(403)
  })

  it.each<[string, object]>([
    ['no definition', { definition: null }], ['a list', { definition: [] }], ['a state that is none', { definition: { ...definition, initial: 'x' } }], ['keys of prototypes', { definition: JSON.parse('{"__proto__": {}, "constructor": {}}') as object }],
    ['steps without end', { steps: Array.from({ length: 51 }, () => check) }], ['steps that are none', { steps: ['check'] }], ['roles that are none', { roles: 'owner' }], ['both', { document: 'x', data: {} }],
    ['a start that is none', { state: 'constructor' }], ['fields that are none', { data: { constructor: 1, colour: 'red' } }], ['a reference to nothing', { data: { paymentTerms: 'nothing' } }], ['lines of what has none', { lines: [{ part: 'x' }], extra: 1 }],
    ['wrong input', { data: {}, steps: [{ event: 'check', input: { note: ['x'], more: 1 } }] }],
    ['parameters that nothing can compare', { definition: { ...definition, states: { ...definition.states, asked: { label: named('Asked'), on: { check: { target: 'checked', guards: [compare({ sum: 3 }, '=', 1, 'No')] } } } } }, data: {}, steps: [check] }],
  ])('refuses %s with a sentence', async (_, body) => {
    const { status, body: answer } = await ask(body)
    expect([400, 422]).toContain(status)
    expect((answer as { errors: { message: string }[] }).errors[0]?.message.length).toBeGreaterThan(10)
  })

  it('takes steps that name what is not there as refused, and has no entity of its own', async () => {
    const { steps } = (await ask({ data: {}, steps: [{ event: 'constructor' }, { event: 'toString', system: true }] })).body as Simulation
    expect(steps.map(({ refusals: [first] }) => first?.code)).toEqual(['workflow.event-unknown', 'workflow.event-unknown'])
    expect((await ask({}, owner, 'nothing')).status).toBe(404)
  })

  it('goes on by what an approval decides, which nobody else can send', async () => {
    const approval = { steps: [{ name: 'one', label: named('One'), approvers: [{ role: 'owner' }] }], approved: 'accept', rejected: 'check' }
    const asking = { ...definition, events: { ...definition.events, check: { label: named('Check'), roles: ['buyer', 'system'] }, accept: { label: named('Accept'), roles: ['owner', 'system'] } }, states: { ...definition.states, asked: { label: named('Asked'), approval, on: { check: { target: 'checked' }, accept: { target: 'good' } } } } }
    const { steps, automatic, here } = (await ask({ definition: asking, data: {}, steps: [{ event: 'accept' }] })).body as Simulation
    expect([here.state, steps[0]?.refusals.map(({ code }) => code), automatic.map(({ event }) => event)]).toEqual(['asked', ['workflow.approval-decides'], ['check', 'accept']])
    expect(((await ask({ definition: asking, data: {}, steps: [{ event: 'accept', system: true }] })).body as Simulation).here.state).toBe('good')
  })

  it('that asks for lines takes those that are supposed', async () => {
    const lines = { ...definition, entity: 'purchase-orders', states: { ...definition.states, asked: { label: named('Asked'), on: { check: { target: 'good', guards: [{ type: 'core.hasLines' }] } } } } }
    const codes = async (more: object) => ((await ask({ definition: lines, data: {}, steps: [check], ...more }, owner, 'purchase-orders')).body as Simulation).steps.map(({ refusals }) => refusals.map(({ code }) => code))
    expect([await codes({}), await codes({ lines: [{ quantity: '2' }] })]).toEqual([[['noLines']], [[]]])
  })
})

describe('two versions', () => {
  it('are compared at will; what is no version is refused', async () => {
    await openStore(booted.payload).insert('revisions', { id: 'r7', number: 7, inputs: { fields: { parts: [shelf] } }, actor: owner.id, at: new Date().toISOString() })
    const compared = (from: unknown, to: unknown) => owner.door(`/configuration/changes?from=${String(from)}&to=${String(to)}`)
    expect((await compared(0, 7)).body).toEqual({ changes: [{ entity: 'parts', field: 'shelfColour', label: shelf.label, kind: 'added', details: [] }] })
    expect([(await compared(7, 7)).body, (await compared(0, 6)).status, (await compared('x', 7)).status, (await compared('', 7)).status]).toEqual([{ changes: [] }, 404, 400, 400])
  })
})
