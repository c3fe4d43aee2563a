import type { Metadata } from 'next'
import { LoginPage } from '../../../../login/login-page.tsx'

export const metadata: Metadata = { title: 'Trellis' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  const { redirect } = await searchParams
  return <LoginPage wanted={typeof redirect === 'string' ? redirect : undefined} />
}
