import { expect } from 'vitest'
import type { Finding, Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { verify } from '../../../plugins/core/verify/run-checks.ts'
import { drainWork } from '../../../plugins/core/events/runner.ts'
import type { FuzzWorld } from './world.ts'

/** What only this program's own inside would say: stacks, queries, places in the code, types of errors. */
const insides = /\bat (?:async )?[\w.<>]+ \(|node_modules|\.[jt]sx?:\d+|SQLITE_|SqliteError|MongoServer|MongoError|E11000|Cast to |drizzle|\bselect "|\binsert into "|TypeError|RangeError|ReferenceError|Cannot read prop|is not a function|is not iterable|undefined|\[object Object\]|BSON|"stack":/

type Problem = { readonly code?: unknown; readonly status?: unknown; readonly message?: Partial<Text>; readonly findings?: readonly Finding[]; readonly refusals?: readonly Refusal[] }
type Told = { readonly errors?: readonly { readonly name?: unknown; readonly message?: unknown; readonly data?: Problem; readonly extensions?: Problem }[] }

/** The faults of an answer; none when it is a success or says in both languages what is wrong. */
export function faultsOf({ status, text, body, sent, world }: { readonly status: number; readonly text: string; readonly body: unknown; readonly sent: string; readonly world: Pick<FuzzWorld, 'logged' | 'secrets'> }): string[] {
  const faults: string[] = []
  if (status < 200 || (status >= 300 && status < 400) || status >= 500) faults.push(`status ${status}`)
  const errors = (body as Told | undefined)?.errors
  if (status >= 400 && text !== '' && !Array.isArray(errors)) faults.push('an error without errors')
  for (const error of Array.isArray(errors) ? errors : []) faults.push(...faultsOfError(error, sent))
  if (world.logged.length > 0) faults.push(`logged: ${world.logged.join(' ')}`)
  for (const secret of world.secrets) if (text.includes(secret)) faults.push(`a secret: ${secret.slice(0, 8)}…`)
  if (Object.keys(Object.prototype).length > 0 || 'polluted' in {}) faults.push(`Object.prototype has ${Object.keys(Object.prototype).join()}`)
  return faults
}

/** `name`, a sentence, and as `data` (REST) or `extensions` (GraphQL) the code, the status and the sentence in both languages. */
function faultsOfError({ name, message, data, extensions }: NonNullable<Told['errors']>[number], sent: string): string[] {
  const { code, status, message: told, findings = [], refusals = [] } = data ?? extensions ?? {}
  const faults: string[] = []
  if (typeof code !== 'string' || (data && name !== code) || typeof status !== 'number' || status < 400 || status >= 500) faults.push(`code ${String(code)}, status ${String(status)}`)
  if (typeof message !== 'string' || message.length < 5) faults.push('no sentence')
  for (const [where, text] of [['', told], ...[...findings, ...refusals].map((each) => [each.path ?? each.code, each.message] as const)] as const) {
    if (!text?.en || text.en.length < 8) faults.push(`no English ${where}`)
    if (!text?.zh || !/[\u4e00-\u9fff]/.test(text.zh)) faults.push(`no Chinese ${where}: ${text?.en ?? ''}`)
    // What was sent may be said again; everything else is ours.
    const inside = insides.exec(text?.en ?? '')
    if (inside && !sent.includes(inside[0])) faults.push(`tells its inside ${where}: ${text?.en ?? ''}`)
  }
  return faults
}

/** After all of it: nothing is half stored, and nothing was left in the log by what happened afterwards. */
export async function expectWhole({ booted, logged }: FuzzWorld): Promise<void> {
  await drainWork(booted.payload)
  const { checks } = await verify(booted.payload)
  expect(checks.filter(({ ok }) => !ok).map(({ name, failures, unfinished }) => ({ name, failures: failures.slice(0, 5), unfinished }))).toEqual([])
  expect(logged).toEqual([])
}
