import { notFound } from 'next/navigation'
import { ProblemError } from '../../plugins/core/errors.ts'
import { rolesView, type RolesView } from '../../plugins/core/users/people-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { RoleScreen } from './role-screen.tsx'
import { RolesScreen } from './roles-screen.tsx'

export async function RolesPage() {
  const view = await read('/admin/collections/roles')
  return 'problem' in view ? <ProblemPage text={view.problem} /> : <RolesScreen view={view} />
}

export async function RolePage({ id }: { readonly id: string }) {
  const view = await read(`/admin/collections/roles/${encodeURIComponent(id)}`)
  if ('problem' in view) return <ProblemPage text={view.problem} />
  const role = view.roles.find((one) => one.id === id) ?? notFound()
  return <RoleScreen key={`${role.id} ${role.version}`} role={role} view={view} />
}

async function read(path: string): Promise<RolesView | { readonly problem: { readonly en: string; readonly zh: string } }> {
  const { req } = await signedInSession(path)
  try {
    return await rolesView(req)
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problem.message }
    throw error
  }
}
