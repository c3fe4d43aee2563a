import http from 'node:http'

export type Session = {
  /** @throws on any answer but a success */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<string>
  readonly close: () => void
}

/** Someone signed in, over connections that stay open. */
export async function signIn(url: string, { email, password }: { readonly email: string; readonly password: string }): Promise<Session> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const { hostname, port } = new URL(url)
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const ask: Session['ask'] = (method, path, body) => new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : JSON.stringify(body)
    const request = http.request({ agent, hostname, port, method, path, headers: { ...headers, ...(content !== undefined && { 'content-length': String(Buffer.byteLength(content)) }) } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString()
        if ((response.statusCode ?? 500) < 400 && !text.startsWith('{"errors"')) resolve(text)
        else reject(new Error(`${method} ${path} was answered ${response.statusCode}: ${text.slice(0, 300)}`))
      })
    })
    request.once('error', reject)
    request.end(content)
  })
  const { token } = JSON.parse(await ask('POST', '/api/users/login', { email, password })) as { token: string }
  headers.authorization = `JWT ${token}`
  return { ask, close: () => agent.destroy() }
}
