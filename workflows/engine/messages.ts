import type { Finding, Refusal } from '../../config/language/refusal.ts'
import type { Text } from '../../config/language/text.ts'

/** One text per language from a template that is given the words of that language. */
export function say(en: string, zh: string): Text {
  return { en, zh }
}

/** `“A”, “B”` / `“A”、“B”`. */
export function listed(texts: readonly Text[]): Text {
  return { en: texts.map((text) => `“${text.en}”`).join(', '), zh: texts.map((text) => `“${text.zh}”`).join('、') }
}

export const refusals = {
  eventUnknown: (event: string): Refusal => ({
    code: 'workflow.event-unknown',
    message: say(
      `This workflow has no event “${event}”. Ask availableEvents which events there are.`,
      `该流程没有事件“${event}”。请先查询可执行的操作。`,
    ),
  }),
  eventNotPossible: ({ event, state, possible }: { readonly event: Text; readonly state: Text; readonly possible: readonly Text[] }): Refusal => {
    const next = listed(possible)
    return {
      code: 'workflow.event-not-possible',
      message: say(
        `“${event.en}” is not possible in state “${state.en}”. ${possible.length > 0 ? `Possible here: ${next.en}.` : 'Nothing more is possible here.'}`,
        `当前状态为“${state.zh}”，不能执行“${event.zh}”。${possible.length > 0 ? `此时可以：${next.zh}。` : '此状态下已无可执行的操作。'}`,
      ),
    }
  },
  roleMissing: ({ event, roles }: { readonly event: Text; readonly roles: readonly Text[] }): Refusal => {
    const names = listed(roles)
    return {
      code: 'workflow.role-missing',
      message: say(
        `“${event.en}” needs the role ${names.en}. Ask a colleague who has it.`,
        `“${event.zh}”需要以下角色：${names.zh}。请联系拥有该角色的同事处理。`,
      ),
    }
  },
  systemOnly: (event: Text): Refusal => ({
    code: 'workflow.system-only',
    message: say(
      `“${event.en}” happens by itself; nobody sends it by hand. Do what leads to it instead.`,
      `“${event.zh}”由系统自动触发，不能手工执行。请先完成触发它的业务操作。`,
    ),
  }),
  reasonRequired: (event: Text): Refusal => ({
    code: 'workflow.reason-required',
    path: 'reason',
    message: say(`“${event.en}” needs a reason. Write one sentence for those who read the history.`, `执行“${event.zh}”必须填写原因，请用一句话说明，以便日后查阅。`),
  }),
  approvalDecides: (event: Text): Refusal => ({
    code: 'workflow.approval-decides',
    message: say(
      `An approval decides on “${event.en}” here; nobody sends it by hand. The approvers stand beside the document.`,
      `此处的“${event.zh}”由审批决定，不能手工执行。审批人见单据右侧。`,
    ),
  }),
  waitingForPlugin: (type: string): Refusal => ({
    code: 'workflow.waiting-for-plugin',
    message: say(
      `This step waits for a plugin: “${type}” belongs to a system that is not there. Unlock the system, or change the workflow. Everything else goes on.`,
      `该步骤正在等待插件：“${type}”所属的系统尚未启用。请启用该系统，或修改流程。其他操作不受影响。`,
    ),
  }),
  definitionChanged: (): Refusal => ({
    code: 'workflow.definition-mismatch',
    message: say(
      'This document runs under another version of its workflow. Load that version, or migrate the document.',
      '该单据运行在另一个流程版本上。请使用对应的流程版本，或先迁移该单据。',
    ),
  }),
  stateUnknown: (state: string): Refusal => ({
    code: 'workflow.state-unknown',
    message: say(
      `The workflow has no state “${state}”. Migrate the document to a state of this version.`,
      `该流程中没有状态“${state}”。请将单据迁移到此版本的有效状态。`,
    ),
  }),
}

export function finding(part: { readonly code: string; readonly path: string; readonly severity?: Finding['severity']; readonly message: Text }): Finding {
  return { code: `workflow.${part.code}`, path: part.path, severity: part.severity ?? 'error', message: part.message }
}
