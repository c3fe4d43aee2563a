import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type MailServer = {
  readonly url: string
  /** What has arrived: as it came over the wire, and its text. */
  readonly received: { readonly to: readonly string[]; readonly content: string; readonly text: string }[]
  /** While it is set, every email is refused with this sentence. */
  refusal: string | undefined
  readonly stop: () => Promise<void>
}

/** A mail server of this process that keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const mail = { received: [] as MailServer['received'], refusal: undefined as string | undefined }
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (mail.refusal !== undefined) return done(new Error(mail.refusal))
        const content = Buffer.concat(parts).toString('utf8')
        mail.received.push({ to: envelope.rcptTo.map(({ address }) => address), content, text: textOf(content) })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return Object.assign(mail, { url: `smtp://127.0.0.1:${port}`, stop: () => new Promise<void>((resolve) => { server.close(() => resolve()) }) })
}

/** Of an email of one part. */
function textOf(content: string): string {
  const [head = '', ...body] = content.split('\r\n\r\n')
  const text = body.join('\r\n\r\n')
  if (/^Content-Transfer-Encoding: base64$/im.test(head)) return Buffer.from(text, 'base64').toString('utf8')
  if (!/^Content-Transfer-Encoding: quoted-printable$/im.test(head)) return text
  return Buffer.from(text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))), 'latin1').toString('utf8')
}
