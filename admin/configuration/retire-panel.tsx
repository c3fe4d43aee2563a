'use client'

import type { Text } from '../../config/language/text.ts'
import { useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { useTexts } from '../locales/use-texts.ts'
import { Uses } from './uses.tsx'

type Props = { readonly slug: string; readonly field: string; readonly label: Text; readonly onConfirm: () => void; readonly onClose: () => void }

/** Tells who uses a field before it goes out of use. */
export function RetirePanel({ slug, field, label, onConfirm, onClose }: Props) {
  const say = useText()
  return (
    <ConfirmPanel title={say(useTexts.title, { field: say(label) })} text={say(useTexts.text)} action={say(configurationTexts.retire)} onConfirm={onConfirm} onClose={onClose}>
      <Uses slug={slug} field={field} />
    </ConfirmPanel>
  )
}
