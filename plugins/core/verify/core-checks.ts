import type { Platform } from '../platform/platform.ts'
import type { Check } from '../platform/plugin.ts'
import { approvalsAsk } from './check-approvals.ts'
import { nothingVanished } from './check-deleted.ts'
import { historyComplete } from './check-history.ts'
import { numbersUnique, numbersWithoutGap } from './check-numbers.ts'
import { pegsSumUp } from './check-pegs.ts'
import { relationsLead } from './check-relations.ts'
import { statesReplay } from './check-states.ts'
import { timersSet } from './check-timers.ts'
import { workOnTime } from './check-work.ts'

/** What holds on every platform, whichever systems are installed. */
export function coreChecks(platform: Platform, { now }: { readonly now: string }): Check[] {
  return [
    {
      name: 'core.states', label: { en: 'State of each document = replay of its history', zh: '单据状态 = 历史重放结果' },
      run: (store) => statesReplay(store, platform),
    },
    {
      name: 'core.history', label: { en: 'History without gaps, up to the present version', zh: '历史版本连续且与当前版本一致' },
      run: (store) => historyComplete(store, platform),
    },
    {
      name: 'core.numbers', label: { en: 'Gapless series of numbers without gaps or doubles', zh: '连续编号无跳号、无重号' },
      run: (store) => numbersWithoutGap(store, platform),
    },
    {
      name: 'core.uniqueNumbers', label: { en: 'A number names one document of its kind', zh: '同类单据编号唯一' },
      run: (store) => numbersUnique(store, platform),
    },
    {
      name: 'core.deleted', label: { en: 'No document is gone whose history does not say that it was discarded', zh: '已不存在的单据在历史中均有删除记录' },
      run: (store) => nothingVanished(store, platform),
    },
    {
      name: 'core.timers', label: { en: 'Timers are set for documents that wait for one', zh: '等待定时事件的单据均已设定时' },
      run: (store) => timersSet(store, platform, { now }),
    },
    {
      name: 'core.approvals', label: { en: 'Approvals that wait ask those who are to decide', zh: '待审批事项均已通知应审批的人员' },
      run: (store) => approvalsAsk(store),
    },
    {
      name: 'core.work', label: { en: 'No work overdue outside the dead letters', zh: '除死信外没有逾期未处理事项' },
      run: (store) => workOnTime(store, { now }),
    },
    {
      name: 'core.pegs', label: { en: 'Pegs lead to both ends, and pegged quantities are within supply and demand', zh: '挂接两端均存在且数量不超过供应与需求' },
      run: (store) => pegsSumUp(store, platform),
    },
    {
      name: 'core.relations', label: { en: 'Every relation leads to something', zh: '所有关联指向存在的记录' },
      run: (store) => relationsLead(store, platform),
    },
  ]
}
