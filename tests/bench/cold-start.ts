import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Run } from './area.ts'
import { signIn } from './http.ts'
import { below, told } from './measures.ts'
import { onEmptyDatabase, type DatabaseKind } from './places.ts'
import { median } from './rounds.ts'
import { owner, startServer } from './servers.ts'
import { foundShop } from './shop.ts'

/** From the start of the front's process to the whole sign-in page of a firm that has worked before, and what both processes then need. */
export async function measureColdStart({ quick, add }: Run, kind: DatabaseKind): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'trellis-bench-'))
  try {
    await onEmptyDatabase(kind, async (databaseUrl) => {
      const times: number[] = []
      const memories: number[] = []
      for (let start = 0; start <= (quick ? 1 : 5); start++) {
        const began = performance.now()
        const server = await startServer({ program: 'front.mjs', databaseUrl, dataDir })
        try {
          const page = await fetch(`${server.url}/admin/login`)
          const html = await page.text()
          if (!page.ok || !html.includes('</html>')) throw new Error(`The first page was answered ${page.status}.`)
          // The first start makes the database and founds the firm.
          if (start > 0) times.push(performance.now() - began)
          const session = await signIn(server.url, owner)
          if (start === 0) await foundShop(session, { activities: 4 })
          for (const address of ['/api/home', '/api/views/lists/parts', '/api/views/lists/activities']) await session.ask('GET', address)
          session.close()
          if (start > 0) memories.push(await server.memory())
        } finally {
          await server.stop()
        }
      }
      add(
        below({ area: 'core', name: `cold start of a firm to its first page, median of ${times.length}, ${kind}`, unit: 'ms', value: median(times), limit: 3_000 }),
        told({ area: 'core', name: `the same, best of ${times.length}, ${kind}`, unit: 'ms', value: Math.min(...times) }),
        below({ area: 'core', name: `memory of front and application after a few pages, ${kind}`, unit: 'MB', value: median(memories), limit: 400 }),
      )
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
