import type { Run } from './area.ts'
import { measureBusyPublish } from './busy-publish.ts'
import { measureCompile } from './compile.ts'
import { measureLargeForm } from './large-form.ts'
import { databaseKinds } from './places.ts'
import { measurePublish } from './publish.ts'

/** What a firm that configures its own forms waits for. */
export async function formsArea(run: Run): Promise<void> {
  measureCompile(run)
  await measureLargeForm(run)
  for (const kind of databaseKinds) {
    await measurePublish(run, kind)
    await measureBusyPublish(run, kind)
  }
}
