import path from 'node:path'
import { openFront } from '../../../admin/front/front.ts'
import { tellParent } from '../../../admin/server/parent.ts'
import { root } from '../../../config/root.ts'
import { readSettings } from '../../../config/settings.ts'

/* The platform's own front before a bare Payload. */
const settings = readSettings(process.env)
const front = await openFront({
  settings: { ...settings, secret: settings.secret ?? '' }, program: path.join(root, 'build/bench/bare-app.mjs'), env: process.env,
  progress: () => {}, log: (line) => console.error(line),
})
const stop = () => void front.stop().then(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('disconnect', stop)
await tellParent({ type: 'ready', revision: 0, ...front.welcome })
