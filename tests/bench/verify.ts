import type { Run } from './area.ts'
import { below } from './measures.ts'
import type { DatabaseKind } from './places.ts'
import { runMeasured } from './process.ts'

type Verification = { readonly ok: boolean; readonly checks: readonly { readonly name: string; readonly outcome: string; readonly milliseconds: number; readonly failures: readonly string[] }[] }

/** `npm run verify` as a process of its own: all of it, from its start to its end. */
export async function measureVerify({ add, tell }: Run, { kind, databaseUrl, rows }: { readonly kind: DatabaseKind; readonly databaseUrl: string; readonly rows: string }): Promise<void> {
  const { output, seconds, megabytes } = await runMeasured(['build/cli.mjs', 'verify', '--json'], { DATABASE_URL: databaseUrl })
  const { ok, checks } = JSON.parse(output.slice(output.indexOf('{'))) as Verification
  for (const { name, milliseconds, outcome, failures } of checks.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 8)) {
    tell(`${name}: ${outcome}, ${(milliseconds / 1000).toFixed(1)} s${failures[0] ? ` · ${failures[0]}` : ''}`)
  }
  if (!ok) throw new Error(`verify: ${checks.flatMap(({ failures }) => failures).slice(0, 5).join(' ')}`)
  add(
    below({ area: 'core', name: `verify, ${rows}, ${kind}`, unit: 's', value: seconds, limit: 30 }),
    below({ area: 'core', name: `verify, most memory, ${rows}, ${kind}`, unit: 'MB', value: megabytes, limit: 500 }),
  )
}
