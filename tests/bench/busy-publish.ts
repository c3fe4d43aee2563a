import { busyClerks, foundFirm, lostRecords, partsDesk, type Clerks, type Desk } from '../support/busy-clerks.ts'
import { configurationAfter, uploadReport, visitsDesk } from '../support/form-configurations.ts'
import type { Run } from './area.ts'
import { below, told } from './measures.ts'
import { onEmptyDatabase, type DatabaseKind } from './places.ts'
import { owner, startServer, type RunningServer } from './servers.ts'

const clerksAtDesk = 5
/** Answers between one publishing and the next, at each desk. */
const between = 60

/** What people who go on working notice while form after form is published: fields, rules, entities with tables and files. */
export async function measureBusyPublish(run: Run, kind: DatabaseKind): Promise<void> {
  await onEmptyDatabase(kind, async (databaseUrl) => {
    const server = await startServer({ program: 'front.mjs', databaseUrl })
    try {
      await measure(run, kind, server)
    } finally {
      await server.stop()
    }
  })
}

async function measure({ quick, add, tell }: Run, kind: DatabaseKind, { url, publish }: RunningServer): Promise<void> {
  const area = 'forms'
  const publishes = quick ? 3 : 20
  const { headers, unit } = await foundFirm(url, owner)
  const report = 'It turns.'
  const desks: readonly Desk[] = [partsDesk(unit), visitsDesk(await uploadReport(url, headers, report), report.length)]
  await publish(0, configurationAfter(1))
  const all: readonly Clerks[] = desks.map((desk) => busyClerks([url], { clerks: clerksAtDesk, headers, desk }))
  const samples = () => all.flatMap((clerks) => clerks.samples)
  const switches: { readonly from: number; readonly to: number }[] = []
  try {
    await Promise.all(all.map((clerks) => clerks.until(between)))
    for (let step = 2; step <= publishes + 1; step++) {
      const from = performance.now()
      await publish(step - 1, configurationAfter(step))
      switches.push({ from, to: performance.now() })
      for (const clerks of all) clerks.use(`note${step}`)
      await Promise.all(all.map((clerks) => clerks.until(between)))
    }
  } finally {
    await Promise.all(all.map((clerks) => clerks.stop()))
  }
  const lost = await Promise.all(all.map((clerks, index) => lostRecords(clerks, url, headers, desks[index] ?? partsDesk(unit))))
  const failures = all.flatMap((clerks) => clerks.failures)
  for (const failure of failures.slice(0, 5)) tell(`failed: ${JSON.stringify(failure)}`)
  const meanwhile = samples().filter((sample) => switches.some(({ from, to }) => sample.from < to && sample.to > from))
  const of = `${publishes} publishes of forms under ${clerksAtDesk * all.length} people, ${kind}`
  tell(`${of}: ${samples().length} requests, ${all.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)} records`)
  add(
    below({ area, name: `requests lost over ${of}`, unit: 'requests', value: failures.length, limit: 1 }),
    below({ area, name: `acknowledged writes lost over ${of}`, unit: 'writes', value: lost.flat().length, limit: 1 }),
    told({ area, name: `99 of 100 answers while it publishes, within, over ${of}`, unit: 'ms', value: p99(meanwhile) }),
    told({ area, name: `99 of 100 answers in between, within, over ${of}`, unit: 'ms', value: p99(samples().filter((sample) => !meanwhile.includes(sample))) }),
  )
}

function p99(samples: readonly { readonly from: number; readonly to: number }[]): number {
  const sorted = samples.map(({ from, to }) => to - from).sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0
}
