import { writeFile } from 'node:fs/promises'
import type { RunCommand } from '../cli/command.ts'
import { platformOf } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { typedClient } from './typed-client.ts'

/** `npm run types [-- <file>]`: the typed client of what the firm has now, into a file or to the terminal. */
export const runTypes: RunCommand = async ({ args, boot, write }) => {
  const [file, ...more] = args
  if (more.length > 0 || file?.startsWith('-')) {
    write('types takes the name of one file, like trellis-client.ts, or nothing: then it writes to the terminal.')
    return 2
  }
  const payload = await boot()
  const { number } = revisionOf(payload)
  const source = await typedClient(platformOf(payload).entities.values(), number)
  if (file === undefined) {
    write(source)
    return 0
  }
  await writeFile(file, source)
  write(`Written: ${file}, for configuration ${number}.`)
  return 0
}
