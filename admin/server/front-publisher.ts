import type { Text } from '../../config/language/text.ts'
import { providePublisher, type Publication, type Publisher } from '../../plugins/core/configuration/publisher.ts'
import { tellParent } from './parent.ts'

export type FrontPublisher = Publisher & { readonly refused: (failure: { readonly message: string; readonly status: number }) => void }

/** Has the front publish what people ask this process for. */
export function frontPublisher(): FrontPublisher {
  let last: Publication | undefined
  const publisher: FrontPublisher = {
    expect() {
      if (!last || last.problem) void tellParent({ type: 'expect' })
    },
    publish(request) {
      last = { number: request.base + 1, actor: request.actor, at: new Date().toISOString() }
      void tellParent({ type: 'publish', ...request })
    },
    publication: () => last,
    refused({ message, status }) {
      if (last) last = { ...last, problem: status === 409 ? overtaken : failed(message) }
    },
  }
  providePublisher(publisher)
  return publisher
}

const overtaken: Text = {
  en: 'Someone else has published meanwhile. Load the page again, look at what is new, and publish once more.',
  zh: '期间他人已发布新的配置。请刷新页面，核对后重新发布。',
}
const failed = (reason: string): Text => ({
  en: `The new configuration did not start, so everything stays as it was. ${reason}`,
  zh: `新配置未能启动，系统保持原样。原因：${reason}`,
})
