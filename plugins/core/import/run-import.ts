import type { Payload } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import { systemActor, type Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import { transact } from '../commands/transact.ts'
import { failRefused } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import type { Counts, Importer, ImportRun, RowProblem } from './importer.ts'
import { openReport } from './problem-report.ts'

export type ImportOptions = {
  readonly payload: Payload
  readonly importer: Importer
  readonly folder: string
  /** Absent: the platform itself. */
  readonly actor?: Actor
  readonly company?: string
  /** Where the problems go; written only when there are any. */
  readonly reportFile: string
  readonly watch?: ImportWatcher
}

/** What a person sees while it runs. */
export type ImportWatcher = {
  step?(step: { readonly label: Text; readonly counts: Counts; readonly done: boolean }): void
  problem?(problem: RowProblem): void
  tell?(text: Text): void
}

export type ImportResult = {
  readonly steps: readonly { readonly name: string; readonly label: Text; readonly counts: Counts }[]
  readonly applied: number
  readonly errors: number
  readonly warnings: number
  readonly report?: string
}

/**
 * Brings the rows of a folder in: good ones are applied, bad ones reported, those that were imported before stay as they
 * are. Each batch is one transaction, so what was applied stays consistent when it breaks off; the next run goes on.
 * Refuses (422) a person without the right `import` on everything it writes.
 */
export async function runImport({ payload, importer, folder, actor = systemActor, company, reportFile, watch = {} }: ImportOptions): Promise<ImportResult> {
  const platform = platformOf(payload)
  requireRights(actor, importer, platform.entities)
  const report = openReport(reportFile)
  const severities = { error: 0, warning: 0 }
  const errors = new Map<string, number>()
  const run: ImportRun = {
    payload, platform, folder, actor, source: importer.slug,
    ...(company === undefined ? {} : { company }),
    report(problem) {
      severities[problem.severity]++
      if (problem.severity === 'error') errors.set(problem.file, (errors.get(problem.file) ?? 0) + 1)
      report.add(problem)
      watch.problem?.(problem)
    },
    errorsIn: (file) => errors.get(file) ?? 0,
    tell: (text) => watch.tell?.(text),
    transact: (work) => transact(payload, { actor }, work),
  }
  const steps: { name: string; label: Text; counts: Counts }[] = []
  let file: string | undefined
  try {
    await importer.prepare?.(run)
    for (const { name, label, run: runStep } of importer.steps) {
      const counts: Counts = { read: 0, applied: 0, known: 0, adopted: 0, bad: 0 }
      steps.push({ name, label, counts })
      await runStep(run, { counts, moved: () => watch.step?.({ label, counts, done: false }) })
      watch.step?.({ label, counts, done: true })
    }
  } finally {
    file = await report.close()
  }
  return {
    steps, applied: steps.reduce((sum, { counts }) => sum + counts.applied + counts.adopted, 0),
    errors: severities.error, warnings: severities.warning, ...(file ? { report: file } : {}),
  }
}

function requireRights(actor: Actor, importer: Importer, entities: ReturnType<typeof platformOf>['entities']): void {
  const lacking = importer.entities.flatMap((slug) => {
    const entity = entities.get(slug)
    return entity && !can(actor, 'import', entity).allowed ? [entity.labels] : []
  })
  if (lacking.length === 0) return
  failRefused([{
    code: 'import.forbidden',
    message: {
      en: `${actor.name} may not import ${lacking.map(({ en }) => en.toLowerCase()).join(', ')}. Ask the owner for the right “import” on them, or let the owner run it.`,
      zh: `${actor.name} 没有以下数据的导入权限：${lacking.map(({ zh }) => zh).join('、')}。请向企业主申请“导入”权限，或由企业主执行。`,
    },
  }])
}
