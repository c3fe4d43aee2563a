'use client'

import type { ImportColumn } from '../../plugins/core/imports/import-record.ts'
import type { ColumnTarget } from '../../plugins/core/imports/propose-mapping.ts'
import { useText } from '../kit/kit-context.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { FieldChoice } from './field-choice.tsx'
import type { ImportView } from './import-types.ts'
import fields from '../kit/fields.module.css'
import styles from './import-mapping.module.css'

type Props = {
  readonly column: ImportColumn
  readonly view: ImportView
  readonly error: string | undefined
  readonly onChoose: (target: ColumnTarget | null) => void
}

const shownSamples = 3
/** A proposal below it may be another field. */
const sureFrom = 0.75

/** A column of the file: its name, what stands in it, the field it fills and by what a relation is found. */
export function MappingRow({ column, view, error, onChoose }: Props) {
  const say = useText()
  const target = view.mapping[column.index] ?? null
  const field = target ? view.fields.find(({ path }) => path === target.field) : undefined
  const name = column.header || say(importTexts.noHeader, { index: column.index + 1 })
  const isDoubtful = target !== null && target.field === column.proposed && column.confidence < sureFrom && !view.remembered
  const keys = field?.relation?.keys ?? []
  return (
    <tr data-off={target === null || undefined}>
      <th scope="row" className={styles.columnName}>{name}</th>
      <td className={styles.samples} data-label={say(importTexts.samples)}>
        {column.samples.length === 0 ? <span className={styles.faint}>{say(importTexts.noSamples)}</span> : column.samples.slice(0, shownSamples).map((sample, index) => <span key={`${index}${sample}`} title={sample}>{sample}</span>)}
      </td>
      <td data-label={say(importTexts.field)}>
        <FieldChoice
          label={say(importTexts.fieldOf, { column: name })} view={view} column={column.index} invalid={error !== undefined}
          onChoose={(chosen) => onChoose(chosen && { field: chosen.path, ...(chosen.relation?.keys[0] ? { by: chosen.relation.keys[0].field } : {}) })}
        />
        {isDoubtful ? <span className={styles.doubt}>{say(importTexts.likely)}</span> : null}
        {error ? <span role="alert" className={fields.error}>{error}</span> : null}
      </td>
      <td data-label={say(importTexts.by)} data-empty={keys.length < 2 || undefined}>
        {target && keys.length > 1 ? (
          <select className={`${fields.input} ${styles.by}`} aria-label={say(importTexts.byOf, { column: name })} value={target.by ?? keys[0]?.field} onChange={(event) => onChoose({ field: target.field, by: event.target.value })}>
            {keys.map((key) => <option key={key.field} value={key.field}>{say(key.label)}</option>)}
          </select>
        ) : keys[0] ? <span className={styles.faint}>{say(keys[0].label)}</span> : null}
      </td>
    </tr>
  )
}
