import { signedInSession } from '../frame/page-session.ts'
import { TraceScreen } from './trace-screen.tsx'

/** One trace on a page of its own, for large ones and for links. */
export async function TracePage({ id, current }: { readonly id: string; readonly current?: string }) {
  await signedInSession(`/admin/trace/${encodeURIComponent(id)}`)
  return <TraceScreen traceId={id} {...(current ? { currentId: current } : {})} />
}
