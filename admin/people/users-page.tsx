import { usersView } from '../../plugins/core/users/people-view.ts'
import { notFound } from 'next/navigation'
import { signedInSession } from '../frame/page-session.ts'
import { UserScreen } from './user-screen.tsx'
import { UsersScreen } from './users-screen.tsx'

export async function UsersPage() {
  const { req } = await signedInSession('/admin/collections/users')
  return <UsersScreen initial={await usersView(req)} />
}

/** One account; `create` is the form of a new one. */
export async function UserPage({ id }: { readonly id: string }) {
  const { req } = await signedInSession(`/admin/collections/users/${encodeURIComponent(id)}`)
  const view = await usersView(req)
  if (id === 'create') {
    if (!view.rights.create) notFound()
    return <UserScreen key="create" user={null} others={view.users} roles={view.roles} rights={view.rights} />
  }
  const user = view.users.find((one) => one.id === id) ?? notFound()
  return <UserScreen key={user.id} user={user} others={view.users} roles={view.roles} rights={view.rights} />
}

/** The account of the person who is signed in. */
export async function AccountPage() {
  const { req } = await signedInSession('/admin/account')
  return <UserPage id={String(req.user?.id)} />
}
