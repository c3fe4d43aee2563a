import { root } from '../../config/root.ts'
import type { Settings } from '../../config/settings.ts'
import { readNextConfig } from './next-config.ts'

export type Panel = Awaited<ReturnType<typeof preparePanel>>

/** Next, ready to answer as soon as there is a Payload. */
export async function preparePanel({ host, port }: Pick<Settings, 'host' | 'port'>, isDev: boolean) {
  const { default: next } = await import('next')
  const dir = `${root}/admin`
  if (!isDev) await readNextConfig(dir)
  const app = next({ dev: isDev, dir, hostname: host, port, ...(isDev && { turbopack: true }) })
  await app.prepare()
  return app
}
