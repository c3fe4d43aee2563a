import type { Problem } from '../../../config/errors.ts'

/** Payload's own writes of accounts: two at once on one account meet, and MongoDB lets one of them through. */
const ofAccounts = /\/api\/users\/(login|logout|refresh-token|reset-password)$/
const mostAttempts = 8

/** Answers a request; one that signs in or out and lost against another of the same account is done again, as commands are. */
export async function againWhenBusy<Asked extends Request>(request: Asked, answer: (request: Asked) => Promise<Response>): Promise<Response> {
  if (request.method !== 'POST' || !ofAccounts.test(new URL(request.url).pathname)) return answer(request)
  for (let attempt = 1; ; attempt++) {
    const response = await answer(request.clone() as Asked)
    if (attempt === mostAttempts || !(await isBusy(response))) return response
    await new Promise((resolve) => { setTimeout(resolve, Math.random() * 20 * 2 ** attempt) })
  }
}

async function isBusy(response: Response): Promise<boolean> {
  if (response.status !== 503) return false
  const { errors } = (await response.clone().json()) as { readonly errors?: readonly { readonly data?: Partial<Problem> }[] }
  return errors?.[0]?.data?.code === 'busy'
}
