import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApprovalStepDefinition } from '../../../config/language/approval.ts'
import {
  addApprover, escalateStep, giveSeat, nextStep, ofRole, ofUser, openChain, openSeats, reopenChain, seatStep, sendBack, skipStep, vacateSeat, verdictOf, vote, waitingStep, withdraw, type Chain, type Seat,
} from '../../../plugins/core/approvals/engine/chain.ts'

const label = { en: 'L', zh: '标' }
const step = (name: string, more: Partial<ApprovalStepDefinition> = {}): ApprovalStepDefinition => ({ name, label, approvers: [{ role: 'owner' }], ...more })

/** Seats everyone whose turn it is: three users a step, or those of `people`. */
function begin(chain: Chain, people: readonly string[] = ['ann', 'ben', 'cho']): Chain {
  let present = chain
  for (let next = nextStep(present); next; next = nextStep(present)) present = seatStep(present, next.name, people.map((id) => ({ assignee: ofUser(id) })))
  return present
}
const seat = (chain: Chain, who: string): string => openSeats(chain).find(({ assignee }) => assignee === ofUser(who) || assignee === ofRole(who))?.id ?? ''
const says = (chain: Chain, who: string, choice: 'approve' | 'reject'): Chain => begin(vote(chain, seat(chain, who), choice))

describe('who decides a step', () => {
  test('any: the first answer', () => {
    const chain = begin(openChain([step('a')]))
    expect(says(chain, 'ben', 'approve').outcome).toBe('approved')
    expect(says(chain, 'cho', 'reject').outcome).toBe('rejected')
  })

  test('all: everyone approves, one rejection is enough', () => {
    const two = says(says(begin(openChain([step('a', { mode: 'all' })])), 'ann', 'approve'), 'ben', 'approve')
    expect(two.outcome).toBe('waiting')
    expect(says(two, 'cho', 'approve').outcome).toBe('approved')
    expect(says(two, 'cho', 'reject').outcome).toBe('rejected')
  })

  test('vote: decided as soon as the rest cannot change it', () => {
    const chain = begin(openChain([step('a', { mode: 'vote', ratio: 60 })]))
    expect(says(says(chain, 'ann', 'approve'), 'ben', 'approve').outcome).toBe('approved')
    expect(says(says(chain, 'ann', 'reject'), 'ben', 'reject').outcome).toBe('rejected')
    expect(says(says(chain, 'ann', 'approve'), 'ben', 'reject').outcome).toBe('waiting')
  })

  test('a vote or all: decided exactly when every way in which the others may still vote leads to the same', () => {
    const seats = fc.array(fc.constantFrom('approve' as const, 'reject' as const, undefined), { minLength: 1, maxLength: 7 })
    fc.assert(fc.property(seats, fc.integer({ min: 1, max: 100 }), fc.boolean(), (votes, ratio, isAll) => {
      const share = isAll ? 100 : ratio
      const table: Seat[] = votes.map((given, id) => ({ id: String(id), assignee: ofUser(String(id)), ...(given && { vote: given }) }))
      const free = votes.filter((given) => given === undefined).length
      const approvals = votes.filter((given) => given === 'approve').length
      const ends = new Set(Array.from({ length: free + 1 }, (_, more) => ((approvals + more) * 100 >= share * votes.length ? 'approve' : 'reject')))
      expect(verdictOf({ mode: isAll ? 'all' : 'vote', ratio, seats: table })).toBe(ends.size === 1 ? [...ends][0] : undefined)
    }))
  })
})

describe('on its way', () => {
  const two = () => begin(openChain([step('first'), step('second', { returnTo: ['first'] })]))

  test('steps follow each other; all skipped is approved', () => {
    expect(waitingStep(two())?.name).toBe('first')
    expect(waitingStep(says(two(), 'ann', 'approve'))?.name).toBe('second')
    expect(skipStep(openChain([step('a')]), 'a').outcome).toBe('approved')
  })

  test('sent back to a step: it and those after are asked anew', () => {
    const back = begin(sendBack(says(two(), 'ann', 'approve'), 'first'))
    expect([waitingStep(back)?.name, back.steps[1]?.status]).toEqual(['first', 'coming'])
    expect(sendBack(two(), 'second').steps).toEqual(two().steps)
    expect(sendBack(two(), undefined).outcome).toBe('returned')
  })

  test('someone who is asked before goes first, with the votes so far kept', () => {
    const one = says(begin(openChain([step('a', { mode: 'all' })])), 'ann', 'approve')
    const before = addApprover(one, 'before', { assignee: ofUser('dan'), label })
    expect(openSeats(before).map(({ assignee }) => assignee)).toEqual([ofUser('dan')])
    const resumed = says(before, 'dan', 'approve')
    expect(openSeats(resumed).map(({ assignee }) => assignee)).toEqual([ofUser('ben'), ofUser('cho')])
    expect(says(before, 'dan', 'reject').outcome).toBe('rejected')
  })

  test('someone who is asked after decides last', () => {
    const after = addApprover(begin(openChain([step('a')])), 'after', { assignee: ofUser('dan'), label })
    const passed = says(after, 'ann', 'approve')
    expect([passed.outcome, openSeats(passed).map(({ assignee }) => assignee)]).toEqual(['waiting', [ofUser('dan')]])
    expect(says(passed, 'dan', 'approve').outcome).toBe('approved')
  })

  test('a seat that is passed on is no longer the first one’s, and nobody sits twice', () => {
    const chain = begin(openChain([step('a', { mode: 'all' })]))
    const given = giveSeat(chain, seat(chain, 'ann'), { assignee: ofUser('dan') })
    expect([seat(given, 'ann'), seat(given, 'dan')]).toEqual(['', '4'])
    expect(giveSeat(chain, seat(chain, 'ann'), { assignee: ofUser('ben') })).toBe(chain)
  })

  test('a seat whose owner is gone falls to others, and never makes it easier', () => {
    const chain = begin(openChain([step('a', { mode: 'all' })]), ['ann', 'ben'])
    const vacated = vacateSeat(says(chain, 'ann', 'approve'), seat(chain, 'ben'), ofRole('owner'))
    expect([vacated.outcome, openSeats(vacated)]).toEqual(['waiting', [{ id: '3', assignee: ofRole('owner'), instead: true }]])
  })

  test('who it is escalated to decides alone', () => {
    const chain = escalateStep(begin(openChain([step('a', { mode: 'all' })])), ofRole('owner'))
    expect(says(chain, 'owner', 'approve').outcome).toBe('approved')
    expect(escalateStep(chain, ofRole('owner'))).toBe(chain)
  })
})

test('whatever people do: one step waits, seats are never used twice, nothing follows the end', () => {
  const act = fc.record({ what: fc.constantFrom('approve', 'reject', 'give', 'vacate', 'before', 'after', 'escalate', 'back', 'return', 'withdraw', 'reopen'), which: fc.nat(5), who: fc.constantFrom('ann', 'ben', 'cho', 'dan', 'eve') })
  const definition = fc.array(fc.record({ mode: fc.constantFrom('any' as const, 'all' as const, 'vote' as const), ratio: fc.integer({ min: 1, max: 100 }) }), { minLength: 1, maxLength: 4 })
  fc.assert(fc.property(definition, fc.array(act, { maxLength: 25 }), (steps, acts) => {
    let chain = begin(openChain(steps.map((one, index) => step(`s${index}`, one))))
    const spent = new Set<string>()
    for (const { what, which, who } of acts) {
      const open = openSeats(chain)
      const chosen = open[which % Math.max(1, open.length)]?.id ?? ''
      const before = chain
      if (what === 'approve' || what === 'reject') { chain = vote(chain, chosen, what); if (open.length > 0) spent.add(chosen) }
      else if (what === 'give') chain = giveSeat(chain, chosen, { assignee: ofUser(who) })
      else if (what === 'vacate') chain = vacateSeat(chain, chosen, ofRole('owner'))
      else if (what === 'before' || what === 'after') chain = addApprover(chain, what, { assignee: ofUser(who), label })
      else if (what === 'escalate') chain = escalateStep(chain, ofRole('owner'))
      else if (what === 'back') chain = sendBack(chain, chain.steps[which]?.name ?? 'none')
      else if (what === 'return') chain = sendBack(chain, undefined)
      else if (what === 'withdraw') chain = withdraw(chain)
      else if (before.outcome !== 'waiting') break
      else chain = reopenChain(chain)
      if (before.outcome !== 'waiting') expect(chain).toEqual(before)
      chain = begin(chain)
      const ids = chain.steps.flatMap(({ seats }) => seats.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
      expect(chain.steps.filter(({ status }) => status === 'waiting').length).toBe(chain.outcome === 'waiting' ? 1 : chain.outcome === 'returned' || chain.outcome === 'withdrawn' ? 1 : 0)
      expect(openSeats(chain).filter(({ id }) => spent.has(id))).toEqual([])
      if (chain.outcome === 'waiting') expect(openSeats(chain).length).toBeGreaterThan(0)
      // It is approved exactly when every step is, and rejected exactly when one is.
      expect(chain.outcome === 'approved').toBe(chain.steps.every(({ status }) => status === 'approved' || status === 'skipped'))
      expect(chain.outcome === 'rejected').toBe(chain.steps.some(({ status }) => status === 'rejected'))
      for (const one of chain.steps) if (one.status === 'approved') expect(verdictOf(one)).toBe('approve')
    }
  }))
})
