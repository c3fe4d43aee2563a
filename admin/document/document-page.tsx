import { notFound } from 'next/navigation'
import { ProblemError } from '../../plugins/core/errors.ts'
import { documentView, newDocumentView } from '../../plugins/core/views/document-view.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { signedInSession } from '../frame/page-session.ts'
import { DocumentScreen } from './document-screen.tsx'

type Props = { readonly slug: string; readonly id: string; readonly given: Readonly<Record<string, string>> }

/** One document, or a new one (`id` "create", `given`: what its form starts with). */
export async function DocumentPage({ slug, id, given }: Props) {
  const { req } = await signedInSession(`/admin/collections/${slug}/${id}`)
  try {
    const view = id === 'create' ? await newDocumentView(req, slug, given) : await documentView(req, slug, id)
    return <DocumentScreen key={`${slug}/${id}`} initial={view} />
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (error.problem.status === 404 && error.problem.code === 'unknownEntity') notFound()
    return <ProblemPage text={error.problem.message} />
  }
}
