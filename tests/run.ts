import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../config/root.ts'
import { findChromium } from './support/chromium.ts'
import { runCheck, runVitest, skip, type Outcome } from './support/stages.ts'

/*
 * All of the tests, two stages at a time for two cores: those of browser and processes beside those of databases. With three, each takes so much longer that
 * the whole does too.
 *   npm test                               everything
 *   npm test -- --only unit,sqlite         some stages
 *   npm test -- --only sqlite orders       … of files whose path contains "orders"
 * The last line sums up all stages; a check (types, lint …) counts as one test.
 */
const { values, positionals: files } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
const stageNames = ['types', 'lint', 'directions', 'drift', 'unit', 'build', 'sqlite', 'mongodb', 'e2e', 'processes'] as const
type Stage = (typeof stageNames)[number]

const wanted = readWanted()
const outcomes: Outcome[] = []
mkdirSync(path.join(root, 'test-results'), { recursive: true })
const began = Date.now()
console.log(`Budget ${process.env.TEST_BUDGET || 'quick'}; stages: ${wanted.join(', ')}`)

const rows: readonly (readonly Stage[])[] = [['build', 'e2e', 'processes'], ['types', 'lint', 'directions', 'drift', 'unit', 'mongodb', 'sqlite']]
await Promise.all(rows.map(takeRow))
report()

function readWanted(): readonly Stage[] {
  if (!values.only) return stageNames
  const named = values.only.split(',')
  const unknown = named.find((name) => !stageNames.some((stage) => stage === name))
  if (unknown !== undefined) {
    console.error(`There is no stage "${unknown}": use one or more of ${stageNames.join(', ')}, separated by commas.`)
    process.exit(2)
  }
  // Both need the built programs; building is quick when nothing has changed.
  return stageNames.filter((stage) => named.includes(stage) || (stage === 'build' && (named.includes('e2e') || named.includes('processes'))))
}

async function takeRow(stages: readonly Stage[]) {
  for (const stage of stages) if (wanted.includes(stage)) outcomes.push(await run(stage))
}

function run(stage: Stage): Promise<Outcome> {
  switch (stage) {
    case 'types': return runCheck({ stage, command: ['node_modules/typescript-7/bin/tsc', '--noEmit'] })
    case 'lint': return runCheck({ stage, command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] })
    case 'directions': return runCheck({
      stage,
      command: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs',
        'config', 'collections', 'workflows', 'plugins', 'admin', 'tests'],
    })
    case 'drift': return runCheck({ stage, command: ['--import', 'tsx', 'admin/server/generate.ts', '--check'] })
    case 'build': return runCheck({ stage, command: ['tests/support/build.mjs'] })
    case 'sqlite': return runVitest({ stage, files, workers: 2 })
    // Every answer comes over a line: two processes wait less than one.
    case 'mongodb': return process.env.MONGODB_URI
      ? runVitest({ stage, files, workers: 2 })
      : skip(stage, 'the integration tests on MongoDB: set MONGODB_URI to a replica set, for example mongodb://127.0.0.1:27017/?replicaSet=rs0')
    case 'e2e': return findChromium()
      ? runVitest({ stage, files })
      : skip(stage, 'the tests in a real browser: install Debian\'s `chromium` (and `fonts-noto-cjk` for Chinese), or set CHROMIUM_PATH')
    default: return runVitest({ stage, files })
  }
}

function report() {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  console.log('\nStage         passed  failed  skipped     time')
  for (const { stage, passed, failed, skipped, seconds } of outcomes.toSorted((one, other) => stageNames.indexOf(one.stage as Stage) - stageNames.indexOf(other.stage as Stage))) {
    console.log(`${stage.padEnd(12)}${cell(passed)}${cell(failed)}${cell(skipped)}${`${seconds} s`.padStart(11)}`)
    sum.passed += passed
    sum.failed += failed
    sum.skipped += skipped
  }
  for (const { stage, failures = [] } of outcomes) for (const failure of failures) console.log(`\n✗ ${stage}: ${failure}`)
  for (const { stage, missing } of outcomes) if (missing) console.log(`\n*** LEFT OUT (${stage}): ${missing} ***`)
  if (wanted.length < stageNames.length) console.log(`\n*** Only ${wanted.join(', ')}: \`npm test\` runs everything. ***`)
  console.log(`\n${Math.round((Date.now() - began) / 1000)} s in all`)
  process.exitCode = sum.failed > 0 || outcomes.length === 0 ? 1 : 0
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
}

function cell(count: number): string {
  return String(count).padStart(8)
}
