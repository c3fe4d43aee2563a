import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { OwnEntity, RevisionInputs } from '../../config/language/revision.ts'
import type { Run } from './area.ts'
import { signIn } from './http.ts'
import { below, told } from './measures.ts'
import { onEmptyDatabase, type DatabaseKind } from './places.ts'
import { median } from './rounds.ts'
import { owner, startServer, type RunningServer } from './servers.ts'

/** A firm's own entities, so that with the shipped ones there are as many of a shipped size as twelve systems have, and a hundred large ones. */
const sizes = { shippedSize: { entities: 55, fields: 20 }, large: { entities: 100, fields: 50 } } as const

/** How long it takes from "publish" to the new configuration for everyone, and what its process needs, in a young and in a large firm. */
export async function measurePublish(run: Run, kind: DatabaseKind): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'trellis-bench-'))
  try {
    await onEmptyDatabase(kind, async (databaseUrl) => {
      const server = await startServer({ program: 'front.mjs', databaseUrl, dataDir })
      try {
        await measure(run, kind, server)
      } finally {
        await server.stop()
      }
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure({ quick, add, tell }: Run, kind: DatabaseKind, server: RunningServer): Promise<void> {
  const area = 'forms'
  let number = 0
  const young: RevisionInputs = { fields: {} }
  const large = inputsOf(quick ? { shippedSize: { entities: 10, fields: 20 }, large: { entities: 10, fields: 50 } } : sizes)
  const count = Object.keys(large.entities ?? {}).length
  /** From the order to the first answer of the new process. */
  const publish = async (inputs: RevisionInputs): Promise<number> => {
    const base = number++
    const more = [...(inputs.fields.parts ?? []), ...Array.from({ length: number }, (_, index) => textField(`bench${index}`))]
    const began = performance.now()
    await server.publish(base, { ...inputs, fields: { ...inputs.fields, parts: more } })
    return performance.now() - began
  }
  /** `isExpected`: someone has prepared it in the panel, which tells the front that it will be published. */
  const times = async (rounds: number, inputs: RevisionInputs, isExpected: boolean) => {
    const taken: number[] = []
    for (let round = 0; round < rounds; round++) {
      if (isExpected) await server.expect()
      taken.push(await publish(inputs))
    }
    return taken
  }

  const rounds = quick ? 2 : 5
  add(
    below({ area, name: `a field more in a firm as shipped, from publishing in the panel to its use, ${kind}`, unit: 'ms', value: median(await times(rounds, young, true)), limit: 3_000 }),
    told({ area, name: `the same, published by a command without a word before, ${kind}`, unit: 'ms', value: median(await times(rounds, young, false)) }),
  )
  tell(`${count} entities of the firm's own are published`)
  add(told({ area, name: `${count} entities of the firm's own at once, ${kind}`, unit: 'ms', value: await publish(large) }))
  const frontBefore = server.memoryOfFront()
  const most = watchMemory(server)
  add(
    below({ area, name: `a field more beside ${count} entities of its own, from publishing in the panel to its use, ${kind}`, unit: 'ms', value: median(await times(rounds, large, true)), limit: 5_000 }),
    told({ area, name: `the same, published by a command without a word before, ${kind}`, unit: 'ms', value: median(await times(rounds, large, false)) }),
    below({ area, name: `old and new process and the front together meanwhile, at most, ${kind}`, unit: 'MB', value: await most(), limit: 1_200 }),
  )
  const session = await signIn(server.url, owner)
  const began = performance.now()
  await session.ask('POST', '/api/graphql', { query: '{ Parts(limit: 1) { docs { id partNumber name } totalDocs } }' })
  add(below({ area, name: `first GraphQL question after it, ${kind}`, unit: 'ms', value: performance.now() - began, limit: 300 }))
  for (const address of ['/admin', '/admin/collections/parts', '/api/own-large-0?limit=10', '/admin/collections/own-large-0']) await session.ask('GET', address)
  add(below({ area, name: `the serving process with ${count} entities of its own, ${kind}`, unit: 'MB', value: await server.memory() - server.memoryOfFront(), limit: 700 }))
  session.close()
  if (!quick) await times(50 - number, large, false)
  add(told({ area, name: `what the front grew by over ${number} publishes, ${kind}`, unit: 'MB', value: server.memoryOfFront() - frontBefore }))
}

/** Looks at the memory of all processes until it is asked for the most of it, in MB. */
function watchMemory(server: RunningServer): () => Promise<number> {
  let most = 0
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, server.memoryOfAll())
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()
  return async () => {
    isOver = true
    await watching
    return most
  }
}

function inputsOf(wanted: Readonly<Record<'shippedSize' | 'large', { readonly entities: number; readonly fields: number }>>): RevisionInputs {
  const entities: Record<string, OwnEntity> = {}
  const fields: Record<string, readonly FieldDefinition[]> = {}
  for (const [size, { entities: count, fields: width }] of Object.entries(wanted)) {
    for (let index = 0; index < count; index++) {
      const slug = `own-${size.toLowerCase()}-${index}`
      const label = { en: `Things ${slug}`, zh: `物品 ${slug}` }
      entities[slug] = { label, labels: label, prefix: `${size === 'large' ? 'L' : 'S'}${letter(index / 26)}${letter(index)}` }
      fields[slug] = Array.from({ length: width }, (_, at) => fieldAt(at))
    }
  }
  return { entities, fields }
}

const letter = (index: number) => String.fromCharCode(65 + (Math.floor(index) % 26))

const textField = (name: string): FieldDefinition => ({ name, type: 'text', label: { en: name, zh: name } })

/** As fields come in a firm: texts, numbers, days, choices, references. */
function fieldAt(index: number): FieldDefinition {
  const name = `field${index}`
  const common = { name, label: { en: `Field ${index}`, zh: `字段 ${index}` } }
  const options = ['low', 'middle', 'high'].map((value) => ({ value, label: { en: value, zh: value } }))
  const kinds: readonly FieldDefinition[] = [
    textField(name), { ...common, type: 'quantity' }, { ...common, type: 'money' }, { ...common, type: 'date' }, { ...common, type: 'boolean' },
    { ...common, type: 'select', options }, { ...common, type: 'relation', to: 'customers' }, { ...common, type: 'integer' }, { ...common, type: 'longText' }, { ...common, type: 'email' },
  ]
  return kinds[index % kinds.length] ?? textField(name)
}
