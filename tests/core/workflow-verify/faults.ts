import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { flow, type Sketch } from './flow.ts'

/** A small workflow with one fault planted, what must be said of it, and the same workflow with the fault mended. */
export type Fault = readonly [name: string, faulty: WorkflowDefinition, said: string, mended: WorkflowDefinition]

const end = 'final'
/** Two regions side by side, then the join. */
const sides = (a: Sketch, b: Sketch, around = ''): Sketch => ({ p: [`parallel done>z ${around}`, { a: ['', a], b: ['', b] }], z: end })
const open = { x: 'a>y', y: end }
const other = { x: 'b>y', y: end }
/** Work that is put off and taken up again where it was. */
const left = (more: Sketch): Sketch => ({ s: 'go>w end>z', w: ['off>p', { a: 'go>b see>c', b: 'go>a', c: '', ...more }], p: 'back>w.h end>z', z: end })

export const faults: readonly Fault[] = [
  // States that nothing leads to
  ['an island', flow({ s: 'go>z', i: 'go>z', z: end }), 'unreachable @ states.i', flow({ s: 'go>z other>i', i: 'go>z', z: end })],
  ['a final that nobody comes to', flow({ s: 'go>z', z: end, y: end }), 'unreachable @ states.y', flow({ s: 'go>z no>y', z: end, y: end })],
  ['two islands that know each other', flow({ s: 'go>z', i: 'go>j', j: 'go>i', z: end }), 'unreachable @ states.i', flow({ s: 'go>z a>i', i: 'go>j', j: 'go>i b>z', z: end })],
  ['an inner state', flow({ s: ['go>z', { x: 'a>y', y: 'a>x', i: 'a>x' }], z: end }), 'unreachable @ states.s.states.i', flow({ s: ['go>z', { x: 'a>y', y: 'a>x b>i', i: 'a>x' }], z: end })],
  ['an inner state in a region', flow(sides({ x: 'a>y', i: 'a>y', y: end }, other)), 'unreachable @ states.p.states.a.states.i', flow(sides({ x: 'a>y c>i', i: 'a>y', y: end }, other))],
  ['a whole region of life', flow({ s: 'go>z', g: ['go>z', { x: 'a>y', y: '' }], z: end }), 'unreachable @ states.g', flow({ s: 'go>z in>g', g: ['go>z', { x: 'a>y', y: '' }], z: end })],
  ['a state behind a guard that never holds', flow({ s: 'go>z a[never]>i', i: 'go>z', z: end }), 'unreachable @ states.i', flow({ s: 'go>z a[p]>i', i: 'go>z', z: end })],
  ['a state behind guards that exclude each other', flow({ s: 'go>z a[yes,no]>i', i: 'go>z', z: end }), 'unreachable @ states.i', flow({ s: 'go>z a[yes]>i', i: 'go>z', z: end })],
  ['a state behind a join that never comes', flow({ p: ['go>z done>i', { x: 'a>y', y: 'b>x', f: end }], i: 'go>z', z: end }), 'unreachable @ states.i', flow({ p: ['go>z done>i', { x: 'a>y', y: 'b>x c>f', f: end }], i: 'go>z', z: end })],
  // Traps: no end any more
  ['a ring without a way out', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r', z: end }), 'trap @ states.r', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r out>z', z: end })],
  ['a ring of three', flow({ s: 'go>r end>z', r: 'a>t', t: 'a>u', u: 'a>r', z: end }), 'trap @ states.r', flow({ s: 'go>r end>z', r: 'a>t', t: 'a>u', u: 'a>r b>s', z: end })],
  ['two rings', flow({ s: 'go>r to>u end>z', r: 'a>t', t: 'b>r', u: 'a>v', v: 'b>u', z: end }), 'trap @ states.u', flow({ s: 'go>r to>u end>z', r: 'a>t b>z', t: 'b>r', u: 'a>v', v: 'b>u c>z', z: end })],
  ['a way out under a guard that never holds', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r c[never]>z', z: end }), 'trap @ states.r', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r c[p]>z', z: end })],
  ['a way out that comes after one without guards', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r b[p]>z', z: end }), 'trap @ states.r', flow({ s: 'go>r end>z', r: 'a>t', t: 'b[p]>z b>r', z: end })],
  ['a dead end', flow({ s: 'go>d end>z', d: '', z: end }), 'stuck @ states.d', flow({ s: 'go>d end>z', d: end, z: end })],
  ['a dead end that only stays', flow({ s: 'go>d end>z', d: 'note!act>', z: end }), 'stuck @ states.d', flow({ s: 'go>d end>z', d: 'resting note!act>', z: end })],
  ['a dead end that re-enters itself', flow({ s: 'go>d end>z', d: 'again>d', z: end }), 'stuck @ states.d', flow({ s: 'go>d end>z', d: 'again>d out>z', z: end })],
  ['a dead end far down', flow({ s: 'go>a', a: 'go>b end>z', b: 'go>c', c: 'go>d', d: '', z: end }), 'trap @ states.b', flow({ s: 'go>a', a: 'go>b end>z', b: 'go>c', c: 'go>d', d: 'resting', z: end })],
  ['a dead end inside', flow({ s: ['', { x: 'a>y out>z', y: '' }], z: end }), 'stuck @ states.s.states.y', flow({ s: ['', { x: 'a>y out>z', y: 'out>z' }], z: end })],
  ['an inner final without a join', flow({ s: ['', { x: 'a>y out>z', y: end }], z: end }), 'stuck @ states.s.states.y', flow({ s: ['done>z', { x: 'a>y out>z', y: end }], z: end })],
  ['a dead end behind a timer', flow({ s: '@P1D:late late>d end>z', d: '', z: end }), 'stuck @ states.d', flow({ s: '@P1D:late late>d end>z', d: 'end>z', z: end })],
  ['a ring where there is a resting state', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r', z: 'resting' }), 'trap @ states.r', flow({ s: 'go>r end>z', r: 'a>t', t: 'b>r end>z', z: 'resting' })],
  // No end at all
  ['no way to the end', flow({ s: 'go>r', r: 'go>s', z: end }), 'no-way-to-end @ initial', flow({ s: 'go>r', r: 'go>s end>z', z: end })],
  ['an end behind a guard that never holds', flow({ s: 'go[never]>z stay>', z: end }), 'no-way-to-end @ initial', flow({ s: 'go[p]>z stay>', z: end })],
  ['an end only inside', flow({ s: ['', { x: 'a>y', y: end }], z: end }), 'no-way-to-end @ initial', flow({ s: ['done>z', { x: 'a>y', y: end }], z: end })],
  ['an end behind a join that never comes', flow(sides({ x: 'a>y', y: 'a>x', f: end }, other)), 'no-way-to-end @ initial', flow(sides({ x: 'a>y', y: 'a>x f>f', f: end }, other))],
  // Parallel regions that wait for ever
  ['a region that never ends', flow(sides({ x: 'a>y', y: 'a>x', f: end }, other, 'out>z')), 'join-never-done @ states.p.onDone', flow(sides({ x: 'a>y', y: 'a>f', f: end }, other, 'out>z'))],
  ['a region without a final', flow(sides({ x: 'a>y', y: 'a>x' }, other, 'out>z')), 'join-never-done @ states.p.onDone', flow(sides({ x: 'a>y', y: 'a>x b>f', f: end }, other, 'out>z'))],
  ['a region that is stuck half way', flow(sides({ x: 'a>y c>d', d: '', y: end }, other)), 'deadlock @ states.p', flow(sides({ x: 'a>y c>d', d: 'a>y', y: end }, other))],
  ['regions that one event sends apart', flow(sides({ x: 'a>d b>y', d: '', y: end }, { x: 'a>y', y: end })), 'deadlock @ states.p', flow(sides({ x: 'a>d b>y', d: 'b>y', y: end }, { x: 'a>y', y: end }))],
  ['two regions that one event ends only one at a time', flow(sides({ x: 'e>y f>d', d: 'g>d', y: end }, { x: 'f>y e>d', d: 'h>d', y: end }, 'out>z')), 'join-never-done @ states.p.onDone', flow(sides({ x: 'e>y f>d', d: 'g>y', y: end }, { x: 'f>y e>d', d: 'h>y', y: end }, 'out>z'))],
  ['three regions, one of which waits', flow({ p: ['parallel done>z', { a: ['', open], b: ['', other], c: ['', { x: 'c>y', y: '' }] }], z: end }), 'no-way-to-end @ initial', flow({ p: ['parallel done>z', { a: ['', open], b: ['', other], c: ['', { x: 'c>y', y: end }] }], z: end })],
  ['parallel inside parallel', flow(sides({ q: ['parallel done>y', { c: ['', { x: 'c>y', y: '' }], d: ['', { x: 'd>y', y: end }] }], y: end }, other)), 'join-never-done @ states.p.states.a.states.q.onDone', flow(sides({ q: ['parallel done>y', { c: ['', { x: 'c>y', y: end }], d: ['', { x: 'd>y', y: end }] }], y: end }, other))],
  ['a compound whose join never comes', flow({ s: ['done>y out>z', { x: 'a>w', w: 'a>x', f: end }], y: 'go>z', z: end }), 'join-never-done @ states.s.onDone', flow({ s: ['done>y out>z', { x: 'a>w', w: 'a>f', f: end }], y: 'go>z', z: end })],
  // Transitions that are never taken
  ['behind one without guards', flow({ s: 'go>z go[p]>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[p]>y go>z', y: 'go>z', z: end })],
  ['the same guards twice', flow({ s: 'go[p]>z go[p]>y no>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[p]>z go[q]>y no>y', y: 'go>z', z: end })],
  ['the same guards in another order', flow({ s: 'go[p,q]>z go[q,p]>y no>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[p,q]>z go[q]>y no>y', y: 'go>z', z: end })],
  ['narrower guards after wider ones', flow({ s: 'go[p]>z go[p,q]>y no>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[p,q]>y go[p]>z no>y', y: 'go>z', z: end })],
  ['a third after two that cover all', flow({ s: 'go[yes]>z go[no]>y go>s', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[2]', flow({ s: 'go[yes]>z go[no]>y', y: 'go>z', z: end })],
  ['a smaller range after a larger', flow({ s: 'go[n<10]>z go[n<5]>y no>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[n<5]>y go[n<10]>z no>y', y: 'go>z', z: end })],
  ['less after at most', flow({ s: 'go[n<=5]>z go[n<5]>y no>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[n<5]>y go[n<=5]>z no>y', y: 'go>z', z: end })],
  ['a value after filled', flow({ s: 'go[k?]>z go[k=a]>y no>y', y: 'go>z', z: end }), 'never-taken @ states.s.on.go[1]', flow({ s: 'go[k=a]>y go[k?]>z no>y', y: 'go>z', z: end })],
  ['an outer one that inner states always answer', flow({ s: ['go>z', { x: 'go>y', y: 'go>x out>z' }], z: end }), 'never-taken @ states.s.on.go', flow({ s: ['go>z', { x: 'go>y', y: 'out>z' }], z: end })],
  ['one that a region always answers first', flow({ p: ['parallel go>z', { a: ['', { x: 'go>y', y: 'go>x' }], b: ['', { x: 'out>z' }] }], z: end }), 'never-taken @ states.p.on.go', flow({ p: ['parallel go>z', { a: ['', { x: 'go>y', y: 'b>x' }], b: ['', { x: 'out>z' }] }], z: end })],
  // Guards that contradict
  ['yes and no', flow({ s: 'go[yes,no]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[yes]>z end>z', z: end })],
  ['below and above', flow({ s: 'go[n<5,n>5]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[n>5,n<9]>z end>z', z: end })],
  ['below and at least', flow({ s: 'go[n<5,n>=5]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[n<=5,n>=5]>z end>z', z: end })],
  ['two values at once', flow({ s: 'go[k=a,k=b]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[k=a,k!=b]>z end>z', z: end })],
  ['empty and a value', flow({ s: 'go[k~,k=b]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[k?,k=b]>z end>z', z: end })],
  ['a value and not it', flow({ s: 'go[k=a,k!=a]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[k=a]>z end>z', z: end })],
  ['one that never holds', flow({ s: 'go[p,never]>z end>z', z: end }), 'guards-contradict @ states.s.on.go', flow({ s: 'go[p,always]>z end>z', z: end })],
  // Timers and senders
  ['a timer whose event only an unreached state knows', flow({ s: ['@P1D:late go>z', { x: 'a>y', y: '', i: 'late>x' }], z: end }), 'timer-never-heard @ states.s.after.P1D', flow({ s: ['@P1D:late go>z', { x: 'a>y late>y', y: '' }], z: end })],
  ['a timer nobody hears', flow({ s: '@P1D:late go>t', t: 'late>z end>z', z: end }), 'timer-unheard @ states.s.after.P1D', flow({ s: '@P1D:late go>t late>z', t: 'late>z', z: end })],
  ['a timer that people answer', flow({ s: '@P1D:late late>z', z: end }, { late: ['clerk'] }), 'timer-not-allowed @ states.s.after.P1D', flow({ s: '@P1D:late late>z', z: end }, { late: ['clerk', 'system'] })],
  ['a timer that asks why', flow({ s: '@P1D:late late>z', z: end }, {}, { late: { reason: 'required' } }), 'timer-asks @ states.s.after.P1D', flow({ s: '@P1D:late late>z', z: end }, {}, { late: { reason: 'optional' } })],
  ['a length of time that is none', flow({ s: '@soon:late late>z', z: end }), 'unknown-delay @ states.s.after.soon', flow({ s: '@PT1H:late late>z', z: end })],
  ['an event that nothing sends', flow({ s: 'go>z auto>z', z: end }, { auto: ['system'] }), 'never-sent @ events.auto.roles', flow({ s: '@P1D:auto go>z auto>z', z: end }, { auto: ['system'] })],
  ['an event only for the platform, and the only way', flow({ s: 'auto>z', z: end }, { auto: ['system'] }), 'never-sent @ events.auto.roles', flow({ s: 'auto>z', z: end }, { auto: ['system', 'clerk'] })],
  ['a role that does not exist', flow({ s: 'go>z', z: end }, { go: ['ghost'] }), 'unknown-role @ events.go.roles[0]', flow({ s: 'go>z', z: end }, { go: ['clerk'] })],
  ['an approval by a role that does not exist', flow({ s: 'ask>w', w: 'approve>z reject>s', z: end }, { approve: ['boss'] }), 'unknown-role @ events.approve.roles[0]', flow({ s: 'ask>w', w: 'approve>z reject>s', z: end }, { approve: ['owner'] })],
  // Names of what does not exist
  ['a guard', flow({ s: 'go[sunny]>z', z: end }), 'unknown-guard @ states.s.on.go.guards[0]', flow({ s: 'go[p]>z', z: end })],
  ['an action', flow({ s: 'go!dance>z', z: end }), 'unknown-action @ states.s.on.go.actions[0]', flow({ s: 'go!act>z', z: end })],
  ['a target', flow({ s: 'go>nowhere', z: end }), 'unknown-target @ states.s.on.go.target', flow({ s: 'go>z', z: end })],
  ['a join that leads back into itself', flow({ s: ['done>s out>z', { f: end }], z: end }), 'join-loop @ states.s.onDone', flow({ s: ['done>z out>z', { f: end }], z: end })],
  ['a final with a way on', flow({ s: 'go>z', z: 'final go>s' }), 'final-continues @ states.z.on', flow({ s: 'go>z', z: end })],
  // History states
  ['a history state with no default target', flow(left({ h: 'H' })), 'history-no-default @ states.w.states.h', flow(left({ h: 'H>a' }))],
  ['one of a state that has nothing inside', flow({ s: 'go>w.h end>z', w: ['off>s', { h: 'H>w' }], z: end }), 'history-empty @ states.w.states.h', flow({ s: 'go>w.h end>z', w: ['off>s', { a: '', h: 'H>a' }], z: end })],
  ['one at the top', flow({ s: 'go>h end>z', h: 'H>s', z: end }), 'history-empty @ states.h', flow({ s: 'go>w.h end>z', w: ['off>s', { a: '', h: 'H>a' }], z: end })],
  ['a default outside', flow(left({ h: 'H>s' })), 'history-default @ states.w.states.h.target', flow(left({ h: 'H>b' }))],
  ['a default too deep for a shallow one', flow(left({ c: ['', { d: '' }], h: 'H>c.d' })), 'history-default @ states.w.states.h.target', flow(left({ c: ['', { d: '' }], h: 'H*>c.d' }))],
  ['one that is the beginning', flow({ s: 'go>w end>z', w: ['off>s', { h: 'H>a', a: '' }], z: end }), 'unknown-initial @ states.w.initial', flow({ s: 'go>w.h end>z', w: ['off>s', { a: '', h: 'H>a' }], z: end })],
  ['one that nothing leads to', flow({ s: 'go>w end>z', w: ['off>s', { a: 'go>b', b: '', h: 'H>a' }], z: end }), 'unreachable @ states.w.states.h', flow(left({ h: 'H>a' }))],
  ['an arrow to what is remembered of the state that it is in', flow(left({ h: 'H>a', c: 'back>h' })), 'history-inside @ states.w.states.c.on.back.target', flow(left({ h: 'H>a', c: 'back>a' }))],
  ['a pause that forgets its way out: what is remembered has left it', flow({ s: 'go>w', w: ['pause>p', { a: 'out>z go>b', b: '', h: 'H>a' }], p: 'back>w.h', z: end }), 'trap @ states.w.states.b', flow({ s: 'go>w', w: ['pause>p', { a: 'out>z go>b', b: '', h: 'H>a' }], p: 'back>w.h anew>w', z: end })],
  ['a state that is over is entered again as it was left', flow({ s: 'go>w', w: ['done>p', { a: 'do>f', f: end, h: 'H>a' }], p: 'back>w.h end[never]>z', z: end }), 'no-way-to-end @ initial', flow({ s: 'go>w', w: ['done>p', { a: 'do>f', f: end, h: 'H>a' }], p: 'back>w.h end[p]>z', z: end })],
  ['a join that leads to what is remembered, which is over', flow({ s: 'go>w', w: ['done>q', { a: 'do>f', f: end, h: 'H>a' }], q: ['done>w.h', { g: end }], z: end }), 'join-loop @ states.w.onDone', flow({ s: 'go>w', w: ['done>q', { a: 'do>f', f: end, h: 'H>a' }], q: 'back>w.h end>z', z: end })],
]
