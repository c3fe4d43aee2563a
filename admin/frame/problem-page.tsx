'use client'

import type { Text } from '../../config/language/text.ts'
import { ButtonLink } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState } from '../kit/surfaces.tsx'
import { frameTexts } from '../locales/texts.ts'

/** A page that may not be shown or is not there: the sentence, and the way on. */
export function ProblemPage({ text }: { readonly text: Text }) {
  const say = useText()
  return <EmptyState icon="alert" title={say(frameTexts.notShown)} text={say(text)}><ButtonLink href="/admin" icon="home">{say(frameTexts.home)}</ButtonLink></EmptyState>
}
