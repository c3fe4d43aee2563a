'use client'

import { useCallback, useRef, useState } from 'react'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import { Button } from '../kit/button.tsx'
import { Popover } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import { FieldSearch } from './field-search.tsx'

/** Which fields stand as columns; the first one stays, since it names the row. */
export function ColumnChooser({ entity, shown, label, onChoose }: { readonly entity: EntityView; readonly shown: readonly string[]; readonly label: string; readonly onChoose: (columns: readonly string[]) => void }) {
  const say = useText()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const toggle = (name: string) => { if (name !== shown[0]) onChoose(shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name]) }
  return (
    <>
      <Button ref={anchor} look="ghost" small icon="columns" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>{label}</Button>
      {open ? (
        <Popover anchor={anchor} onClose={close} side="end" label={label}>
          <FieldSearch fields={entity.fields} usual={entity.listColumns} isChosen={(name) => shown.includes(name)} onChoose={({ name }) => toggle(name)}>
            <Button small look="ghost" onClick={() => onChoose([])}>{say(listTexts.usualColumns)}</Button>
          </FieldSearch>
        </Popover>
      ) : null}
    </>
  )
}
