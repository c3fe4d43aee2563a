import { readArguments, type AreaName } from './arguments.ts'
import { coreArea } from './core-area.ts'
import { formsArea } from './forms-area.ts'
import { importArea } from './import-area.ts'
import type { Run } from './area.ts'
import { tableOf, type Measure } from './measures.ts'
import { mongodbServer } from './places.ts'
import { workflowsArea } from './workflows-area.ts'

/*
 * `npm run bench`: how fast the platform is beside what it stands on, and within which bounds. Figures go to the standard
 * output, what is told meanwhile to the standard error. Ends with 1 when something could not be measured; a missed target
 * is a figure, not a failure.
 */
const asked = readArguments(process.argv.slice(2))
if (typeof asked === 'string') {
  console.error(asked)
  process.exit(2)
}
const areas: Readonly<Record<AreaName, (run: Run) => Promise<void>>> = { core: coreArea, forms: formsArea, import: importArea, workflows: workflowsArea }
const measures: Measure[] = []
const tell = (line: string) => console.error(line)
if (!mongodbServer) tell('*** LEFT OUT: MongoDB. Set MONGODB_URI to a replica set, for example mongodb://127.0.0.1:27017/?replicaSet=rs0 ***')
for (const name of asked.areas) {
  const began = Date.now()
  tell(`Area ${name}${asked.quick ? ', less of everything' : ''}`)
  await areas[name]({
    quick: asked.quick, tell: (line) => tell(`  ${line}`),
    add: (...added) => {
      measures.push(...added)
      for (const line of tableOf(added).split('\n')) tell(`  ${line}`)
    },
  }).catch((error: unknown) => {
    tell(`*** Area ${name} broke off: ${error instanceof Error ? error.stack : String(error)} ***`)
    process.exitCode = 1
  })
  tell(`Area ${name}: ${Math.round((Date.now() - began) / 1000)} s`)
}
console.log(asked.json ? JSON.stringify(measures, null, 2) : `\n${tableOf(measures)}`)
const missed = measures.filter(({ ok }) => !ok).length
tell(missed === 0 ? `${measures.filter(({ target }) => target !== null).length} targets, all met.` : `${missed} of ${measures.filter(({ target }) => target !== null).length} targets are missed.`)
