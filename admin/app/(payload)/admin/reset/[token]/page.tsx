import type { Metadata } from 'next'
import { ResetPage } from '../../../../../login/reset-page.tsx'

export const metadata: Metadata = { title: 'Trellis', referrer: 'no-referrer' }

type Props = { params: Promise<{ token: string }> }

export default async function Page({ params }: Props) {
  const { token } = await params
  return <ResetPage token={token} />
}
