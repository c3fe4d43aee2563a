import type { Metadata } from 'next'
import { PublicPage, publicTitle } from '../../../../standalone/public-page.tsx'

type Props = { readonly params: Promise<{ address: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await publicTitle(decodeURIComponent((await params).address)), robots: { index: false, follow: false } }
}

export default async function Page({ params }: Props) {
  return <PublicPage address={decodeURIComponent((await params).address)} />
}
