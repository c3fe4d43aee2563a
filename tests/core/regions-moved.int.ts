import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RevisionInputs } from '../../config/language/revision.ts'
import type { StateDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import type { LiveDocumentsView } from '../../plugins/core/configuration/workflows/live-documents.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { publishRevision, settleRevision } from '../../plugins/core/platform/publish-revision.ts'
import { bootBeside } from '../support/boot-beside.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Door } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

/** A state with regions gets another name, and one of its regions too: what was done in each of them stays done. */

const named = (en: string, zh: string) => ({ en, zh })
const papers: StateDefinition = {
  label: named('Papers', '资料'), initial: 'open',
  states: { open: { label: named('Open', '待收'), on: { receive: { target: 'in' } } }, in: { label: named('In', '已收'), on: { check: { target: 'checked' } } }, checked: { label: named('Checked', '已核'), type: 'final' } },
}
const sign: StateDefinition = { label: named('Signature', '签字'), initial: 'asked', states: { asked: { label: named('Asked', '待签'), on: { sign: { target: 'signed' } } }, signed: { label: named('Signed', '已签'), type: 'final' } } }
const drawn = (version: number, { state, label, regions }: { readonly state: string; readonly label: StateDefinition['label']; readonly regions: Readonly<Record<string, StateDefinition>> }): WorkflowDefinition => ({
  slug: 'own-claims', version, entity: 'own-claims', label: named('Claim', '索赔'), initial: 'draft',
  events: { submit: { label: named('Submit', '提交') }, receive: { label: named('Receive', '收到') }, check: { label: named('Check', '核对') }, sign: { label: named('Sign', '签字') } },
  states: { draft: { label: named('Draft', '草稿'), on: { submit: { target: state } } }, [state]: { label, type: 'parallel', onDone: { target: 'done' }, states: regions }, done: { label: named('Done', '完成'), type: 'final' } },
})
const first = drawn(1, { state: 'review', label: named('Review', '审核'), regions: { papers, sign } })
const second = drawn(2, { state: 'checking', label: named('Checking', '核查'), regions: { dossier: papers, sign } })
const inputs = (workflow: WorkflowDefinition): RevisionInputs => ({ entities: { 'own-claims': { label: named('Claim', '索赔'), labels: named('Claims', '索赔'), prefix: 'CL' } }, fields: {}, workflows: { 'own-claims': workflow } })

let old: Booted
let now: Booted
let door: Door
let id: string
const plans = '/configuration/workflows/own-claims'
const seen = async () => (await door(`${plans}/documents`)).body as unknown as LiveDocumentsView

beforeAll(async () => {
  old = await bootPlatform([], { publishes: true, inputs: inputs(first) })
  await runCommand(old.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  const owner = await signIn(old, ['owner'], 'owner')
  id = String((await runCommand(old.payload, systemActor, { action: 'create', entity: 'own-claims', data: { name: 'Broken pump' } })).id)
  for (const event of ['submit', 'receive']) expect((await owner.door(`/own-claims/${id}/events/${event}`, { method: 'POST', body: {} })).status).toBe(200)
  now = await bootBeside(old, { number: 1, inputs: inputs(second) })
  await publishRevision(now.payload, 'tester')
  await settleRevision(now.payload)
  await installPlatform(now.payload)
  door = openDoor(now, owner.token)
})
afterAll(async () => {
  await now?.stop()
  await old?.stop()
})

it('documents under way are proposed to go on where each region stands, and what a choice would lose is known', async () => {
  const { states, target } = await seen()
  expect(states).toMatchObject([{ version: 1, state: 'review.papers.in|review.sign.asked', fate: 'staying', to: 'checking.dossier.in|checking.sign.asked', progress: [{ label: named('Papers', '资料'), continues: [{ region: 'checking.dossier', entry: 'checking.dossier.open' }] }] }])
  expect(target?.states.find(({ path }) => path === 'checking')?.regions?.map(({ path, states: choice }) => [path, choice.map(({ state }) => state)])).toEqual([
    ['checking.dossier', ['checking.dossier.open', 'checking.dossier.in', 'checking.dossier.checked']], ['checking.sign', ['checking.sign.asked', 'checking.sign.signed']],
  ])
})

it('replayed histories tell in the words of people where they go another way', async () => {
  const replayed = async (map: object) => {
    expect((await door(`${plans}/replays`, { method: 'POST', body: { against: 'published', map } })).status).toBe(202)
    await runDueJobs(now.payload)
    return (await seen()).replay.told?.divergences.map(({ message }) => message)
  }
  const { states: [one] } = await seen()
  // Of the state before it nothing is said: the version under which it happened tells what that was called.
  expect(await replayed({})).toEqual([{
    en: '“Submit” leads to “Checking / Papers / Open + Checking / Signature / Asked”, the history says “Review / Papers / Open + Review / Signature / Asked”.',
    zh: '“提交”应到达“核查 / 资料 / 待收，核查 / 签字 / 待签”，而历史记录为“审核 / 资料 / 待收，审核 / 签字 / 待签”。',
  }])
  // With the plan the other places of that state are understood alike, though no document stands there now.
  expect(await replayed({ [one?.state ?? '']: one?.to })).toEqual([])
})

it('moved as proposed, a document goes on where it stood', async () => {
  const { states: [one], target } = await seen()
  expect((await door(`${plans}/migrations`, { method: 'POST', body: { to: target?.hash, map: { [one?.state ?? '']: one?.to } } })).status).toBe(202)
  await runDueJobs(now.payload)
  expect(await openStore(now.payload).get<string>('own-claims', id)).toMatchObject({ workflow: { state: 'checking.dossier.in|checking.sign.asked', definitionHash: target?.hash } })
  expect((await door(`/own-claims/${id}/events/check`, { method: 'POST', body: {} })).body).toMatchObject({ state: 'checking.dossier.checked|checking.sign.asked' })
})
