import { setup, transition as xstateTransition } from 'xstate'
import { compileWorkflow } from '../../workflows/engine/compile.ts'
import { transition } from '../../workflows/engine/transition.ts'
import { registry, salesOrder } from '../core/workflow-engine/sales-order.ts'
import type { Run } from './area.ts'
import { beside } from './measures.ts'
import { byTurns } from './rounds.ts'

type Facts = { readonly lineCount: number; readonly creditLimit: number; readonly openAmount: number }
type Context = { readonly total: number; readonly facts: Facts }

/** The sales order of the engine's tests as one would write it in XState itself; its events carry what the guards look at. */
const bare = setup({
  types: { events: {} as { readonly type: string } & Context },
  guards: {
    hasLines: ({ event }) => event.facts.lineCount > 0,
    mayConfirm: ({ event: { facts, total } }) => facts.lineCount > 0 && facts.openAmount + total <= facts.creditLimit && total <= 100_000,
  },
  actions: {
    reserveStock: () => {}, notify: (_, _params: { readonly role: string }) => {}, recordChange: () => {}, releaseReservation: () => {},
  },
}).createMachine({
  initial: 'draft',
  states: {
    draft: {
      on: {
        submit: [
          { target: 'confirmed', guard: 'mayConfirm', actions: ['reserveStock', { type: 'notify', params: { role: 'warehouse' } }] },
          { target: 'review', guard: 'hasLines' },
        ],
        cancel: 'cancelled',
      },
    },
    review: {
      after: { 172_800_000: { actions: [{ type: 'notify', params: { role: 'salesManager' } }] }, 604_800_000: 'cancelled' },
      on: { approve: { target: 'confirmed', guard: 'hasLines', actions: ['reserveStock'] }, reject: 'draft', cancel: 'cancelled' },
    },
    confirmed: {
      on: { change: { actions: ['recordChange', 'reserveStock'] }, close: 'closed', cancel: { target: 'cancelled', actions: ['releaseReservation'] } },
    },
    closed: { type: 'final' },
    cancelled: { type: 'final' },
  },
})

const steps = [['draft', 'submit'], ['review', 'approve'], ['review', 'reject'], ['confirmed', 'change'], ['confirmed', 'cancel']] as const
const facts: Facts = { lineCount: 1, creditLimit: 10, openAmount: 1 }

/** Transitions of the pure engine, with permissions, guards' reasons and timers, beside XState's own with guards and delays. */
export async function measureEngine({ quick, add }: Run): Promise<void> {
  const compiled = compileWorkflow(salesOrder, registry)
  const snapshots = steps.map(([state]) => bare.resolveState({ value: state }))
  const ours = steps.map(([state, event]) => ({ state, event, document: { total: 5 }, facts, roles: ['salesManager'], reason: 'bench' }))
  const theirs = steps.map(([, event], index) => ({ snapshot: snapshots[index] ?? bare.resolveState({ value: 'draft' }), event: { type: event, total: 5, facts } }))
  const milliseconds = quick ? 300 : 1_000
  const figures = await byTurns(quick ? 5 : 9, {
    ours: async () => rate(milliseconds, (index) => {
      const request = ours[index % ours.length]
      if (request && !transition(compiled, request).ok) throw new Error(`${request.event} was refused.`)
    }),
    theirs: async () => rate(milliseconds, (index) => {
      const step = theirs[index % theirs.length]
      if (step) xstateTransition(bare, step.snapshot, step.event)
    }),
  })
  add(beside({ area: 'core', name: 'pure engine beside bare XState', unit: 'transitions/s', value: figures.ours, baseline: figures.theirs, atLeast: 0.7 }))
}

function rate(milliseconds: number, step: (index: number) => void): number {
  const began = performance.now()
  let done = 0
  while (performance.now() - began < milliseconds) {
    for (let index = 0; index < 100; index++) step(index)
    done += 100
  }
  return (done / (performance.now() - began)) * 1000
}
