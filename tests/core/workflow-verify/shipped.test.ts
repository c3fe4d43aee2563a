import { expect, test } from 'vitest'
import { builtPlugins } from '../../../config/plugins.ts'
import { shippedRoles } from '../../../config/roles.ts'
import { createPlatform } from '../../../plugins/core/platform/platform.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'

const { workflows, registry } = createPlatform(builtPlugins, shippedRoles)
const proofs = [...workflows.values()].map((compiled) => ({ compiled, proof: verifyWorkflow(compiled.definition, registry, { roles: shippedRoles }) }))

test('every shipped workflow is proved: looked at in full, and nothing certain is found', () => {
  expect(proofs.length).toBeGreaterThan(15)
  expect(proofs.flatMap(({ compiled, proof }) => proof.findings.filter(({ certainty }) => certainty === 'certain').map(({ code, path }) => `${compiled.definition.slug} ${path}: ${code}`))).toEqual([])
  expect(proofs.filter(({ proof }) => !proof.passed)).toEqual([])
})

test('what is possible is known, in plain words', () => {
  const lines = proofs.flatMap(({ compiled, proof }) => proof.findings.map(({ path, message, example }) => `${compiled.definition.slug} ${path}${example?.length ? ` (${example.map(({ event }) => event).join(', ')})` : ''}: ${message.en}`))
  expect(lines).toMatchInlineSnapshot(`
    [
      "sales-order states.closed.on.reopen[0] (submit, approve, close): None of these candidates may hold; then the event is refused. Add a last one without guards, if something should happen all the same.",
      "sales-order states.confirmed (submit, approve): Every way on from “Confirmed” has guards. While none holds, a document stays here. See that people can do something about it.",
      "sales-order events.settle.roles: Only the platform may send “Settle”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "sales-order events.reopen.roles: Only the platform may send “Open again”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "sales-return states.received (receive): Every way on from “Received” has guards. While none holds, a document stays here. See that people can do something about it.",
      "sales-return events.settle.roles: Only the platform may send “Settle”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "invoice states.posted (post): Every way on from “Open” has guards. While none holds, a document stays here. See that people can do something about it.",
      "invoice events.settle.roles: Only the platform may send “Settle”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "invoice events.reopen.roles: Only the platform may send “Open again”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "credit-note states.posted (post): Every way on from “Open” has guards. While none holds, a document stays here. See that people can do something about it.",
      "credit-note events.settle.roles: Only the platform may send “Settle”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "credit-note events.reopen.roles: Only the platform may send “Open again”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "purchase-order states.approved (submit, approve): Every way on from “Ordered” has guards. While none holds, a document stays here. See that people can do something about it.",
      "purchase-order events.settle.roles: Only the platform may send “Settle”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "purchase-order events.reopen.roles: Only the platform may send “Open again”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "supplier-bill states.draft.on.post[0]: None of these candidates may hold; then the event is refused. Add a last one without guards, if something should happen all the same.",
      "supplier-bill states.posted (post): Every way on from “Open” has guards. While none holds, a document stays here. See that people can do something about it.",
      "supplier-bill events.settle.roles: Only the platform may send “Settle”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "supplier-bill events.reopen.roles: Only the platform may send “Open again”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "reorder-proposal events.supersede.roles: Only the platform may send “Replace by a newer one”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "period states.open: Every way on from “Open” has guards. While none holds, a document stays here. See that people can do something about it.",
      "bom-version events.supersede.roles: Only the platform may send “Supersede”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "routing events.supersede.roles: Only the platform may send “Supersede”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "nonconformance states.decided (contain, decide): Every way on from “Disposed” has guards. While none holds, a document stays here. See that people can do something about it.",
      "sampling-series events.tighten.roles: Only the platform may send “Tighten”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "sampling-series events.normalise.roles: Only the platform may send “Back to normal”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "sampling-series events.reduce.roles: Only the platform may send “Reduce”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
      "sampling-series events.discontinue.roles: Only the platform may send “Discontinue”, and no timer of this workflow does. See that another workflow or a plugin sends it.",
    ]
  `)
})

test('its examples replay in the engine', () => {
  for (const { compiled, proof } of proofs) {
    for (const { example = [] } of proof.findings) expect(replay(compiled, { steps: example }).divergence).toBeUndefined()
  }
})
