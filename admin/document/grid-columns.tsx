'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { LinesView } from '../../plugins/core/views/entity-view.ts'
import { IconButton } from '../kit/button.tsx'
import { Popover } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './lines.module.css'

/** The columns of a grid: what must be filled, the entity's own, the computed amount, what the person adds, and what was refused in a row. */
export function useGridColumns(lines: LinesView, writable: readonly FieldDefinition[], findings: ReadonlyMap<string, ReadonlyMap<string, Text>>) {
  const usual = useMemo(() => writable.filter(({ name, required }) => required || lines.columns.includes(name)).map(({ name }) => name), [lines, writable])
  const [chosen, setChosen] = useState<readonly string[]>(usual)
  const wrongNames = [...findings.values()].flatMap((row) => [...row.keys()]).sort().join(' ')
  const columns = useMemo(() => {
    const wrong = new Set(wrongNames.split(' '))
    const shown = (field: FieldDefinition) => chosen.includes(field.name) || (!field.readOnly && wrong.has(field.name)) || (field.readOnly && field.name === 'netAmount' && lines.columns.includes(field.name))
    const order = (name: string) => (lines.columns.includes(name) ? lines.columns.indexOf(name) : lines.columns.length)
    const fields = lines.fields.filter(shown)
    return [...fields.filter(({ readOnly }) => !readOnly), ...fields.filter(({ readOnly }) => readOnly)]
      .sort((a, b) => Number(Boolean(a.readOnly)) - Number(Boolean(b.readOnly)) || order(a.name) - order(b.name))
  }, [lines, chosen, wrongNames])
  return { columns, chosen, setChosen }
}

export function GridColumns({ fields, chosen, onChoose }: { readonly fields: readonly FieldDefinition[]; readonly chosen: readonly string[]; readonly onChoose: (chosen: readonly string[]) => void }) {
  const say = useText()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  return (
    <>
      <IconButton ref={anchor} small icon="columns" label={say(documentTexts.moreColumns)} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)} />
      {open ? (
        <Popover anchor={anchor} onClose={close} side="end" label={say(documentTexts.moreColumns)}>
          <div className={styles.choices}>
            {fields.filter(({ advanced }) => !advanced).map(({ name, label, required }) => (
              <label key={name}>
                <input type="checkbox" checked={chosen.includes(name)} disabled={required} onChange={() => onChoose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])} />
                {say(label)}
              </label>
            ))}
          </div>
        </Popover>
      ) : null}
    </>
  )
}
