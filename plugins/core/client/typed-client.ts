import { compile } from 'json-schema-to-typescript'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { typeName } from '../entities/row-schema.ts'
import { clientEntities, clientHash, clientSchemas } from './client-schema.ts'

/** Name of the header by which a client says what it was made for. */
export const clientHeader = 'x-trellis-configuration'

/** TypeScript source of a client of everything a firm has: the shapes, and `openClient`. It needs no package. */
export async function typedClient(entities: Iterable<EntityDefinition>, revision: number): Promise<string> {
  const own = clientEntities(entities)
  const types = await compile(clientSchemas(own), 'Shapes', { bannerComment: '', additionalProperties: false, format: false, unreachableDefinitions: true })
  const written = own.filter(({ kind }) => kind !== 'line')
  const inputs = `export type Inputs = {\n${written.map(({ slug }) => `  '${slug}': ${typeName(slug)}Input`).join('\n')}\n}`
  return `${head(clientHash(own), revision)}\n${types.replace(/^export interface (\w+) \{/gm, 'export type $1 = {')}\n${inputs}\n${program}`
}

const head = (hash: string, revision: number) => `/*
 * A client of Trellis for this firm, made from its configuration ${revision}. Do not edit: make it again when it is told that
 * the configuration has changed.
 */
export const configuration = { hash: '${hash}', revision: ${revision} } as const
`

const program = `
export type Written = { readonly id: string; readonly version: number | null; readonly number: string | null; readonly state: string | null }
export type Page<Row> = { readonly docs: readonly Row[]; readonly totalDocs: number; readonly page: number; readonly totalPages: number }
/** Fields by operator, as in REST: \`{ price: { greater_than: '10' } }\`. */
export type Where<Row> = { readonly [Field in keyof Row]?: Readonly<Record<string, unknown>> }
export type Question<Row> = { readonly where?: Where<Row>; readonly sort?: string; readonly limit?: number; readonly page?: number }
export type Finding = { readonly code: string; readonly path: string; readonly message: { readonly en: string; readonly zh: string } }

/** What the platform answers when it refuses: its sentence, and what is wrong at which field. */
export class TrellisProblem extends Error {
  readonly status: number
  readonly code: string
  readonly findings: readonly Finding[]
  constructor(status: number, body: unknown) {
    const [first] = (body as { errors?: { message?: string; data?: { code?: string; findings?: Finding[] } }[] } | null)?.errors ?? []
    super(first?.message ?? \`Trellis answered \${status}.\`)
    this.status = status
    this.code = first?.data?.code ?? 'unexpected'
    this.findings = first?.data?.findings ?? []
  }
}

type Ask = (request: { method: string; path: string; body?: unknown; key?: string }) => Promise<unknown>

function entity<Row, Input>(ask: Ask, slug: string) {
  const at = (id: string) => \`/\${slug}/\${encodeURIComponent(id)}\`
  return {
    find: async (question: Question<Row> = {}) => (await ask({ method: 'GET', path: \`/\${slug}?\${search(question)}\` })) as Page<Row>,
    get: async (id: string) => (await ask({ method: 'GET', path: \`\${at(id)}?depth=0\` })) as Row,
    /** \`key\`: makes a repeat safe. */
    create: async (input: Input, { key }: { key?: string } = {}) => (await ask({ method: 'POST', path: \`/\${slug}\`, body: input, ...(key ? { key } : {}) })) as Written,
    change: async (id: string, input: Input, { key, expectedVersion }: { key?: string; expectedVersion?: number } = {}) =>
      (await ask({ method: 'PATCH', path: at(id), body: { ...input, ...(expectedVersion === undefined ? {} : { expectedVersion }) }, ...(key ? { key } : {}) })) as Written,
    discard: async (id: string) => { await ask({ method: 'DELETE', path: at(id), body: {} }) },
    send: async (id: string, event: string, input: Readonly<Record<string, unknown>> = {}, { key }: { key?: string } = {}) =>
      (await ask({ method: 'POST', path: \`\${at(id)}/events/\${encodeURIComponent(event)}\`, body: { input }, ...(key ? { key } : {}) })) as Written,
  }
}

function search({ where, sort, limit, page }: Omit<Question<unknown>, 'where'> & { readonly where?: object }): string {
  const asked = new URLSearchParams({ depth: '0', ...(sort ? { sort } : {}), ...(limit ? { limit: String(limit) } : {}), ...(page ? { page: String(page) } : {}) })
  for (const [field, operators] of Object.entries(where ?? {})) {
    for (const [operator, value] of Object.entries(operators as Record<string, unknown>)) asked.set(\`where[\${field}][\${operator}]\`, Array.isArray(value) ? value.join(',') : String(value))
  }
  return asked.toString()
}

export type Client = { readonly [Slug in keyof Inputs]: ReturnType<typeof entity<Shapes[Slug], Inputs[Slug]>> }

/** \`url\`: of the platform; \`key\`: an API key. */
export function openClient({ url, key, fetch: send = globalThis.fetch }: { url: string; key: string; fetch?: typeof globalThis.fetch }): Client {
  const ask: Ask = async ({ method, path, body, key: repeatKey }) => {
    const answer = await send(\`\${url}/api\${path}\`, {
      method,
      headers: {
        Authorization: \`users API-Key \${key}\`, 'X-Trellis-Configuration': configuration.hash,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(repeatKey ? { 'Idempotency-Key': repeatKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const told: unknown = await answer.json().catch(() => null)
    if (!answer.ok) throw new TrellisProblem(answer.status, told)
    return told
  }
  return new Proxy({}, { get: (_, slug) => entity(ask, String(slug)) }) as Client
}
`
