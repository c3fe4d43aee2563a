/** What a caller is told whose request cannot be read, in both languages: the language is not known before the request is. */
export type Unreadable = { readonly code: string; readonly message: { readonly en: string; readonly zh: string } }

/** An address with a `%` that begins no character, which routers answer with a fault of their own. */
export function unreadableAddress(url: string): Unreadable | undefined {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return undefined
  } catch {
    return {
      code: 'malformedAddress',
      message: { en: 'The address is not percent-encoded correctly. Write each % as %25, and encode other characters as UTF-8.', zh: '地址的百分号编码不正确。请将 % 写作 %25，其他字符按 UTF-8 编码。' },
    }
  }
}

/** A body that claims to be JSON and is not. The request's own body stays unread. */
export async function unreadableBody(request: Request): Promise<Unreadable | undefined> {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('application/json')) return undefined
  try {
    JSON.parse(await request.clone().text())
    return undefined
  } catch {
    return {
      code: 'malformedJson',
      message: { en: 'The body is not valid JSON. Send an object like {"query": "…", "variables": {}}.', zh: '请求正文不是有效的 JSON。请发送形如 {"query": "…", "variables": {}} 的对象。' },
    }
  }
}

/** The text of the answer (400), in the shape of every other error of the API. */
export const answerTo = ({ code, message }: Unreadable): string =>
  JSON.stringify({ errors: [{ name: code, message: `${message.en} ${message.zh}`, data: { code, status: 400, message } }] })
