import type { WorkCentres } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import type { Row } from '../../core/data/store.ts'
import { operationsOf, versionOf } from '../rows.ts'
import { givesWay, type ChildrenFact, type CycleFact, type RivalsFact, type UsersFact } from './facts.ts'

const listed = 10

export const versionGuards: readonly GuardType[] = [
  {
    type: 'mrp.noCycle', label: { en: 'The part does not go into itself', zh: '物料清单无循环' }, facts: ['mrp.cycle'],
    check({ facts }) {
      const path = (facts['mrp.cycle'] as CycleFact | null) ?? []
      return path.length === 0 || refuse('cycle', {
        en: `The part would go into itself: ${path.join(' → ')}. Take one of these components out.`,
        zh: `物料清单出现循环：${path.join(' → ')}。请移除其中一个子件。`,
      }, 'lines')
    },
  },
  {
    type: 'mrp.childrenReleased', label: { en: 'Everything in it is released', zh: '子件均已发布' }, facts: ['mrp.children'],
    check({ facts }) {
      const parts = (facts['mrp.children'] as ChildrenFact | null) ?? []
      if (parts.length === 0) return true
      const more = parts.length - listed
      return refuse('childrenNotReleased', {
        en: `No released bill of material for ${parts.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''} on the day it goes in. Release it first, or let the part be bought.`,
        zh: `以下子件在投入日没有已发布的物料清单：${parts.slice(0, listed).join('、')}${more > 0 ? ` 等（另有 ${more} 个）` : ''}。请先发布其物料清单，或将其改为外购。`,
      }, 'lines')
    },
  },
  {
    type: 'mrp.periodFree', label: { en: 'No other version rules then', zh: '有效期不冲突' }, facts: ['mrp.rivals'],
    check({ facts, document }) {
      const version = versionOf(document as Row)
      const rival = ((facts['mrp.rivals'] as RivalsFact | null) ?? []).find((other) => !givesWay(version, other))
      if (!rival) return true
      const period = `${rival.validFrom ?? '…'} – ${rival.validTo ?? '…'}`
      return refuse('periodTaken', {
        en: `${rival.number} (revision ${rival.revision}) rules from ${period}. Set the dates so that they share no day with it.`,
        zh: `${rival.number}（版本 ${rival.revision}）的有效期为 ${period}。请调整日期，避免重叠。`,
      }, 'validFrom')
    },
  },
  {
    type: 'mrp.notUsed', label: { en: 'No bill needs it', zh: '没有在用的上级物料清单' }, facts: ['mrp.users'],
    check({ facts }) {
      const users = (facts['mrp.users'] as UsersFact | null) ?? []
      const more = users.length - listed
      return users.length === 0 || refuse('used', {
        en: `The part goes into ${users.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''}, which would be released over nothing. Release a revision of this one instead, or retire those first.`,
        zh: `该物料用于 ${users.slice(0, listed).join('、')}${more > 0 ? ` 等（另有 ${more} 份）` : ''}。请改为发布新版本，或先作废这些物料清单。`,
      }, 'part')
    },
  },
  {
    type: 'mrp.centresActive', label: { en: 'Work centres are active', zh: '工作中心已启用' }, facts: ['core.lines', 'mrp.centres'],
    check({ facts }) {
      const centres = facts['mrp.centres'] as ReadonlyMap<string, WorkCentres> | null
      const wrong = operationsOf((facts['core.lines'] as readonly Row[] | null) ?? []).find(({ workCentre }) => centres?.get(workCentre)?.status !== 'active')
      return !wrong || refuse('centreInactive', {
        en: `Operation ${wrong.operation ?? '?'}: the work centre ${centres?.get(wrong.workCentre)?.code ?? '?'} is not active. Activate it, or choose another.`,
        zh: `工序 ${wrong.operation ?? '?'}：工作中心 ${centres?.get(wrong.workCentre)?.code ?? '?'} 未启用。请启用，或更换工作中心。`,
      }, 'lines')
    },
  },
]

const refuse = (code: string, message: Refusal['message'], path: string): Refusal => ({ code, message, path })
