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
      if (last) last = { ...last, ...whyUnpublished({ message, status }) }
    },
  }
  providePublisher(publisher)
  return publisher
}

const overtaken: Text = {
  en: 'Someone else has published meanwhile. Load the page again, look at what is new, and publish once more.',
  zh: '期间他人已发布新的配置。请刷新页面，核对后重新发布。',
}
const failed: Text = {
  en: 'The new configuration did not start. Everything stays as it was, and what you prepared is kept. Publish once more; if it fails again, publish the prepared changes one after the other to find the one that is to blame. Whoever runs this installation finds the reason in the log of the server (what its terminal or container shows).',
  zh: '新配置未能启动，系统保持原样，已准备的更改不会丢失。请重新发布；如再次失败，请逐项发布以找出有问题的更改，并请系统管理员查看服务器日志（终端或容器的输出）中的原因。',
}

/** For people what to do, in their language; what the new process said only beside it. */
export function whyUnpublished({ message, status }: { readonly message: string; readonly status: number }): Required<Pick<Publication, 'problem'>> & Pick<Publication, 'detail'> {
  return status === 409 ? { problem: overtaken } : { problem: failed, detail: message }
}
