import { parse, type OperationDefinitionNode } from 'graphql'
import { staleHeader } from '../../../config/language/revision.ts'

type Told = { readonly errors?: readonly { readonly path?: readonly unknown[]; readonly extensions?: { readonly code?: unknown } }[] }

/**
 * Marks an answer to a mutation that was refused whole because the revision of this process is an old one: the front sends it to the
 * next process. Mutations of a request run one after the other and a revision never comes back, so it was whole when the first was.
 */
export async function markStale(response: Response, query: () => Promise<string>): Promise<Response> {
  const text = await response.text()
  const headers = new Headers(response.headers)
  if (text.includes('"staleRevision"') && isFirstStale(text, await query())) {
    headers.set(staleHeader, '1')
    headers.set('Retry-After', '2')
    return new Response(text, { status: 503, headers })
  }
  return new Response(text, { status: response.status, headers })
}

function isFirstStale(answer: string, asked: string): boolean {
  try {
    const [first] = (JSON.parse(answer) as Told).errors ?? []
    const operations = parse((JSON.parse(asked) as { query: string }).query).definitions.filter((part): part is OperationDefinitionNode => part.kind === 'OperationDefinition')
    const [selection] = operations.length === 1 ? operations[0]?.selectionSet.selections ?? [] : []
    return first?.extensions?.code === 'staleRevision' && selection?.kind === 'Field' && first.path?.[0] === (selection.alias ?? selection.name).value
  } catch {
    // Whoever wrote it is told what it says.
    return false
  }
}
