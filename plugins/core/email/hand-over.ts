import { createTransport } from 'nodemailer'
import type { Payload } from 'payload'
import { mailOf } from '../operations/surroundings.ts'

const connectMilliseconds = 10_000
const answerMilliseconds = 15_000

export type Letter = { /** By which mail servers and readers know it again. */ readonly id: string; readonly to: string; readonly subject: string; readonly text: string; readonly html?: string | null }

/** Gives a letter to the mail server, and comes back when it has taken it. @throws when it did not, or there is none */
export async function handToServer(payload: Payload, { id, to, subject, text, html }: Letter): Promise<void> {
  const mail = mailOf(payload)
  if (!mail) throw new Error('There is no mail server: set SMTP_URL.')
  const transport = createTransport({ url: mail.url, connectionTimeout: connectMilliseconds, greetingTimeout: connectMilliseconds, socketTimeout: answerMilliseconds })
  try {
    await transport.sendMail({ from: mail.from, to: { name: '', address: to }, subject, text, ...(html ? { html } : {}), messageId: `<${id}@trellis>`, disableFileAccess: true, disableUrlAccess: true })
  } finally {
    transport.close()
  }
}
