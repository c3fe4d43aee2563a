import { applyInput, hasLines } from '../../config/language/references.ts'
import { date } from '../../config/language/fields.ts'
import type { Text } from '../../config/language/text.ts'
import type { Reference, TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'

type Life = {
  readonly slug: string
  readonly entity: string
  readonly label: Text
  /** What must hold before others look at it, and again before it rules. */
  readonly sound: readonly Reference[]
  /** What must hold beyond that before it rules. */
  readonly releasable: readonly Reference[]
  /** What must hold before what rules is given up without a successor. */
  readonly dispensable: readonly Reference[]
}

const revise: TransitionDefinition = { actions: [{ type: 'mrp.revise' }] }
const retire = (guards: readonly Reference[]): TransitionDefinition => ({ target: 'obsolete', ...(guards.length > 0 && { guards }), actions: [{ type: 'mrp.endValidity' }] })

/**
 * The life of a version of how something is made. What is released never changes: a revision is a version of its own, and its
 * release supersedes the former one from its first day on.
 */
export const versionLife = ({ slug, entity, label, sound, releasable, dispensable }: Life): WorkflowDefinition => ({
  slug, version: 1, entity, label, initial: 'working',
  events: {
    submit: { label: { en: 'Submit for review', zh: '提交审核' }, past: 'submitted', primary: true, roles: ['engineer', 'productionManager'] },
    sendBack: { label: { en: 'Send back', zh: '退回修改' }, past: 'sent-back', reason: 'required', roles: ['engineer', 'productionManager'] },
    release: {
      label: { en: 'Release', zh: '发布' }, past: 'released', primary: true, tone: 'good', roles: ['productionManager'],
      help: { en: 'From its first day on it rules, in place of the version before it.', zh: '自生效日起取代前一版本。' },
    },
    revise: {
      label: { en: 'Revise', zh: '修订' }, past: 'revised', roles: ['engineer', 'productionManager'],
      help: { en: 'Copies it into the next version, on which you work.', zh: '复制为下一版本，在新版本上修改。' },
    },
    supersede: { label: { en: 'Supersede', zh: '取代' }, past: 'superseded', roles: ['system'], input: [date('validTo', { en: 'Valid to', zh: '失效日期' })] },
    retire: {
      label: { en: 'Retire', zh: '作废' }, past: 'retired', tone: 'bad', reason: 'required', roles: ['productionManager'],
      help: { en: 'From today on nothing is made by it. What was before stays known.', zh: '自今日起不再使用；历史仍可查。' },
    },
  },
  states: {
    working: {
      label: { en: 'Working', zh: '编制中' }, tone: 'neutral', editable: true, discardable: true,
      on: { submit: { target: 'inReview', guards: [hasLines, ...sound] } },
    },
    inReview: {
      label: { en: 'In review', zh: '审核中' }, tone: 'waiting',
      on: {
        sendBack: { target: 'working' },
        release: { target: 'released', guards: [hasLines, ...sound, { type: 'mrp.periodFree' }, ...releasable], actions: [{ type: 'mrp.supersedeFormer' }] },
      },
    },
    released: { label: { en: 'Released', zh: '已发布' }, tone: 'good', resting: true, on: { revise, retire: retire(dispensable), supersede: { target: 'superseded', actions: [applyInput('validTo')] } } },
    superseded: { label: { en: 'Superseded', zh: '已被取代' }, tone: 'neutral', resting: true, on: { revise, retire: retire([]) } },
    obsolete: { label: { en: 'Obsolete', zh: '已作废' }, tone: 'bad', type: 'final' },
  },
})
