import type { Refusal } from '../../../config/language/refusal.ts'
import type { ApprovalStatus } from './approval-row.ts'

const refusal = (code: string, en: string, zh: string): Refusal => ({ code: `approval.${code}`, message: { en, zh } })

const ends: Readonly<Record<ApprovalStatus, { readonly en: string; readonly zh: string }>> = {
  waiting: { en: 'is waiting', zh: '仍在审批中' },
  approved: { en: 'was approved', zh: '已通过' },
  rejected: { en: 'was rejected', zh: '已驳回' },
  returned: { en: 'was sent back', zh: '已退回' },
  withdrawn: { en: 'was withdrawn', zh: '已被撤回' },
  closed: { en: 'is no longer needed, since the document went another way', zh: '已失效（单据已转入其他流程）' },
  reopened: { en: 'was reopened, since the content was changed', zh: '因内容变更已重新发起' },
}

/** Why a decision is refused, and what helps. */
export const approvalRefusals = {
  personOnly: refusal('person-only', 'People decide on approvals, not programs. Sign in as a person.', '审批须由本人处理，不能使用 API 密钥，请以本人身份登录。'),
  notAsked: refusal('not-asked', 'You are not asked at this step. The approvers stand beside the document.', '当前步骤无需您审批，审批人见单据右侧。'),
  ownDocument: refusal('own-document', 'Whoever asks for an approval does not decide on it. Another approver has to.', '提交人不能审批自己提交的单据，请由其他审批人处理。'),
  notYours: refusal('not-yours', 'Only who has asked for the approval, or the owner, withdraws it.', '只有提交人或企业主可以撤回审批。'),
  noReturn: refusal('no-return', 'This approval cannot be sent back to who has asked for it. Reject it instead.', '该审批不支持退回提交人，请改为驳回。'),
  noSuchStep: refusal('no-such-step', 'This step cannot be sent back to. Choose one of those offered.', '不能退回到该步骤，请从可选步骤中选择。'),
  commentMissing: { ...refusal('comment-missing', 'Write in a sentence why, so that the others know what to change.', '请填写意见，以便对方了解需要修改的内容。'), path: 'comment' },
  changed: refusal('changed', 'The content was changed after you opened it. Look at it again, then decide.', '您打开后内容已变更，请重新查看后再审批。'),
  colleagueUnable: refusal('colleague-unable', 'This colleague cannot decide: the account is blocked, gone, or may not read the document. Choose another.', '该同事无法审批：账号已停用或不存在，或无权查看该单据。请选择其他同事。'),
  seatedAlready: (name: string) => refusal('seated-already', `${name} is asked at this step already. Choose someone else.`, `${name}已是当前步骤的审批人，请选择其他同事。`),
  over: ({ status, by }: { readonly status: ApprovalStatus; readonly by: string | null }) =>
    refusal('over', `There is nothing to decide any more: the approval ${ends[status].en}${by ? ` (${by})` : ''}.`, `无需再审批：该审批${ends[status].zh}${by ? `（${by}）` : ''}。`),
}
