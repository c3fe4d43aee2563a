'use client'

import { useId, type ReactNode } from 'react'
import type { Text } from '../../config/language/text.ts'
import { delimiters } from '../../plugins/core/imports/detect-dialect.ts'
import { encodings } from '../../plugins/core/imports/detect-encoding.ts'
import type { FileOptions } from '../../plugins/core/imports/import-record.ts'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import type { ImportView } from './import-types.ts'
import fields from '../kit/fields.module.css'
import styles from './import-mapping.module.css'

/** How the file is read; the samples beside the columns follow every change. */
export function ReadingOptions({ view: { format, options }, onChange }: { readonly view: ImportView; readonly onChange: (options: FileOptions) => void }) {
  const say = useText()
  const sheets = options.sheets ?? []
  return (
    <Panel title={say(importTexts.readingOptions)}>
      <div className={styles.options}>
        {format === 'csv' ? (
          <>
            <Choice label={importTexts.delimiter} value={options.delimiter ?? ','} values={delimiters.map((value) => [value, say(delimiterNames[value])])} onChange={(delimiter) => onChange({ delimiter })} />
            <Choice label={importTexts.encoding} help={options.isEncodingGuessed ? importTexts.encodingGuessed : importTexts.encodingHelp} value={options.encoding ?? 'utf-8'} values={encodings.map((value) => [value, value.toUpperCase()])} onChange={(encoding) => onChange({ encoding })} />
          </>
        ) : <Choice label={importTexts.sheet} value={options.sheet ?? ''} values={sheets.map((name) => [name, name])} onChange={(sheet) => onChange({ sheet })} />}
        <HeaderRow value={options.headerRow ?? 1} onChange={(headerRow) => onChange({ headerRow })} />
        <Choice label={importTexts.dateOrder} {...(options.isOrderGuessed ? { help: importTexts.orderGuessed } : {})} value={options.dateOrder ?? 'ymd'} values={(['ymd', 'dmy', 'mdy'] as const).map((value) => [value, say(importTexts[value])])} onChange={(dateOrder) => onChange({ dateOrder })} />
        <Choice label={importTexts.decimalMark} {...(options.isMarkGuessed ? { help: importTexts.markGuessed } : {})} value={options.decimalMark ?? '.'} values={[['.', say(importTexts.point)], [',', say(importTexts.commaMark)]]} onChange={(decimalMark) => onChange({ decimalMark })} />
      </div>
    </Panel>
  )
}

const delimiterNames = { ',': importTexts.comma, ';': importTexts.semicolon, '\t': importTexts.tab, '|': importTexts.bar } as const

function Choice<Value extends string>({ label, help, value, values, onChange }: {
  readonly label: Text; readonly help?: Text; readonly value: Value; readonly values: readonly (readonly [Value, string])[]; readonly onChange: (value: Value) => void
}) {
  const say = useText()
  const id = useId()
  return (
    <Labelled id={id} label={say(label)} {...(help ? { help: say(help) } : {})}>
      <select id={id} className={fields.input} value={value} onChange={(event) => { const chosen = values.find(([one]) => one === event.target.value); if (chosen) onChange(chosen[0]) }}>
        {values.map(([one, name]) => <option key={one} value={one}>{name}</option>)}
      </select>
    </Labelled>
  )
}

/** Read when it is left or by Enter: each digit would read the file anew. */
function HeaderRow({ value, onChange }: { readonly value: number; readonly onChange: (row: number) => void }) {
  const say = useText()
  const id = useId()
  const take = (typed: string) => { const row = Number(typed); if (Number.isSafeInteger(row) && row >= 1 && row !== value) onChange(row) }
  return (
    <Labelled id={id} label={say(importTexts.headerRow)}>
      <input
        key={value} id={id} className={fields.input} type="number" min={1} inputMode="numeric" defaultValue={value}
        onBlur={(event) => take(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter') take(event.currentTarget.value) }}
      />
    </Labelled>
  )
}

function Labelled({ id, label, help, children }: { readonly id: string; readonly label: string; readonly help?: string; readonly children: ReactNode }) {
  return (
    <div className={fields.field}>
      <label htmlFor={id} className={fields.label}>{label}</label>
      {children}
      {help ? <span className={fields.help}>{help}</span> : null}
    </div>
  )
}
