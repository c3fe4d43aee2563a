'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState } from '../kit/surfaces.tsx'
import { startTexts } from '../locales/operations-texts.ts'
import { StartFirmForm } from './start-firm-form.tsx'

type Props = {
  readonly start: { readonly refusal: Text } | { readonly kind: 'clear' | 'first' }
  readonly confirmation: Text
  readonly firmFields: readonly FieldDefinition[]
  readonly bookFields: readonly FieldDefinition[]
}

export function StartFirmScreen({ start, ...form }: Props) {
  const say = useText()
  useCrumb('kind' in start && start.kind === 'first' ? startTexts.firstTitle : startTexts.title)
  if ('refusal' in start) return <EmptyState icon="info" title={say(startTexts.notPossible)} text={say(start.refusal)} />
  return <StartFirmForm kind={start.kind} {...form} />
}
