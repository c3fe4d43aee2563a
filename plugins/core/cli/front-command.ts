import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { RunCommand } from './command.ts'

/** `npm run front -- status | metrics | restart | publish <file>`: asks the running front, over its control and with its token. */
export const runFrontCommand: RunCommand = async ({ args: [action, file], settings, write }) => {
  const address = await readFile(path.join(settings.dataDir, 'front.json'), 'utf8').then((text) => JSON.parse(text) as ControlAddress, () => undefined)
  if (!address) {
    write(`No platform runs on ${settings.dataDir}: start it with \`npm run up\`, or set DATA_DIR to the folder it runs on.`)
    return 1
  }
  const ask = async (method: string, target: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${address.port}${target}`, {
      method, headers: { authorization: `Bearer ${address.token}` }, ...(body && { body: JSON.stringify(body) }),
    })
    return { ok: answer.ok, body: (await answer.json()) as Readonly<Record<string, unknown>> }
  }
  const tell = ({ ok, body }: Awaited<ReturnType<typeof ask>>) => {
    write(ok ? JSON.stringify(body, null, 2) : String(body.error))
    return ok ? 0 : 1
  }
  try {
    if (action === 'status') return tell(await ask('GET', '/status'))
    if (action === 'metrics') {
      const answer = await fetch(`http://127.0.0.1:${address.port}/metrics`, { headers: { authorization: `Bearer ${address.token}` } })
      write((await answer.text()).trimEnd())
      return answer.ok ? 0 : 1
    }
    if (action === 'restart') return tell(await ask('POST', '/restart'))
    if (action === 'publish' && file) {
      const read = await readInputs(file)
      if ('problem' in read) {
        write(read.problem)
        return 1
      }
      const { body: { revision } } = await ask('GET', '/status')
      return tell(await ask('POST', '/publish', { base: revision, inputs: read.inputs }))
    }
  } catch (error) {
    write(`The front at port ${address.port} could not be asked: ${messageOf(error)}. Is it running?`)
    return 1
  }
  write('front knows: status, metrics, restart, publish <file with {"fields": …}>.')
  return 2
}

/** What is to be published, or the sentence why it cannot be read. */
async function readInputs(file: string): Promise<{ readonly inputs: unknown } | { readonly problem: string }> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => ({ problem: `${file} could not be read: ${messageOf(error)}. Name a file with {"fields": …}.` }))
  if (typeof text !== 'string') return text
  try {
    return { inputs: JSON.parse(text) as unknown }
  } catch (error) {
    return { problem: `${file} is not valid JSON: ${messageOf(error)}. Correct the file; nothing was published.` }
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What the front writes into DATA_DIR/front.json, see `admin/front/control.ts`. */
type ControlAddress = { readonly port: number; readonly token: string }
