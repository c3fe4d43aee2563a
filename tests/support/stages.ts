import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { root } from '../../config/root.ts'

export type Outcome = {
  readonly stage: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
  /** What was left out, and how to get it. */
  readonly missing?: string
  /** Each test that failed: its file, its name and the first line of its error. */
  readonly failures?: readonly string[]
}

type Result = Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'failures'>
type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[]
  }[]
}

/** A program that either passes or fails: one test. Its output is shown when it fails. */
export async function runCheck({ stage, command }: { stage: string; command: readonly string[] }): Promise<Outcome> {
  const { status, output, seconds } = await runNode(command)
  return tell({ stage, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0, seconds }, output)
}

/**
 * A project of vitest.config.ts; `files` narrows it to paths that contain one of these.
 * Whatever ends badly without a failed test (no file found, a file that does not load, a crash) counts as a failure.
 */
export async function runVitest({ stage, files, workers = 1 }: { stage: string; files: readonly string[]; workers?: number }): Promise<Outcome> {
  const file = path.join(root, 'test-results', `${stage}.json`)
  await rm(file, { force: true })
  const { status, output, seconds } = await runNode([
    'node_modules/vitest/vitest.mjs', 'run', '--project', stage, `--maxWorkers=${workers}`, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...files,
  ])
  const result = await readResult(file)
  const failed = status === 0 ? result.failed : Math.max(result.failed, 1)
  return tell({ ...result, stage, failed, seconds }, output)
}

export function skip(stage: string, missing: string): Promise<Outcome> {
  console.log(`\n*** LEFT OUT (${stage}): ${missing} ***\n`)
  return Promise.resolve({ stage, passed: 0, failed: 0, skipped: 1, seconds: 0, missing })
}

function tell(outcome: Outcome, output: string): Outcome {
  const { stage, passed, failed, skipped, seconds } = outcome
  if (failed > 0) console.log(`\n──── ${stage} failed ────\n${output.trimEnd()}\n────`)
  // What was generated is repeated by its seed, also when nothing was found.
  for (const seed of output.match(/^Fuzz .*$/gm) ?? []) console.log(seed)
  console.log(`${failed > 0 ? '✗' : '✓'} ${stage}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`)
  return outcome
}

function runNode(args: readonly string[]): Promise<{ status: number | null; output: string; seconds: number }> {
  const began = Date.now()
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('close', (status) => {
      resolve({ status, output: Buffer.concat(chunks).toString(), seconds: Math.round((Date.now() - began) / 1000) })
    })
  })
}

async function readResult(file: string): Promise<Result> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const report = JSON.parse(text) as Report
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, message, assertionResults }) => {
      const place = path.relative(root, name)
      const failed = assertionResults.filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${place} › ${fullName}: ${firstLine(failureMessages.join('\n'))}`)
      // A file that does not load has a message and no tests.
      return failed.length === 0 && message !== '' ? [`${place}: ${firstLine(message)}`] : failed
    }),
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
