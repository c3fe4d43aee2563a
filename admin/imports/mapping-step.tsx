'use client'

import type { Mapping } from '../../plugins/core/imports/import-record.ts'
import type { RequestProblem } from '../kit/api.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import type { FieldView, ImportView } from './import-types.ts'
import { MappingRow } from './mapping-row.tsx'
import { changeWithMapping, proposedMapping, withTarget } from './mapping-changes.ts'
import { MatchingPanel } from './matching-panel.tsx'
import { ReadingOptions } from './reading-options.tsx'
import type { ImportChange } from './use-import.ts'
import styles from './imports.module.css'
import mappingStyles from './import-mapping.module.css'

type Props = {
  readonly view: ImportView
  readonly busy: boolean
  readonly problem: RequestProblem | null
  readonly changing: boolean
  readonly onChange: (change: ImportChange) => void
  readonly onCheck: () => void
}

/** Step 2: each column beside its field, how the file is read, and what becomes of what is here already. */
export function MappingStep({ view, busy, changing, problem, onChange, onCheck }: Props) {
  const say = useText()
  const { mapping } = view
  const change = (next: Mapping) => onChange(changeWithMapping(view, next))
  const missing = missingFields(view, mapping)
  const mapped = view.columns.filter(({ index }) => mapping[index]).length
  const refusal = view.can.check === true ? '' : say(view.can.check)
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <ErrorBanner problem={problem} shown={new Set(view.columns.flatMap(({ index }) => [`mapping.${index}`, `mapping.${index}.by`]))} />
        {view.remembered ? <p className={styles.note}>{say(importTexts.remembered)}</p> : null}
        {missing.length > 0 ? <Banner tone="warning">{say(importTexts.missing, { fields: missing.map(({ label }) => say(label)).join(say({ en: ', ', zh: '、' })) })}</Banner> : null}
        <Panel
          flush title={say(importTexts.columnsTitle)}
          actions={<><span className={styles.panelCount}>{say(importTexts.columnsText, { mapped, count: view.columns.length })}</span><Button small look="ghost" onClick={() => change(proposedMapping(view))}>{say(importTexts.resetMapping)}</Button></>}
        >
          <div className={styles.tableBox} role="region" tabIndex={0} aria-label={say(importTexts.columnsTitle)}>
            <table className={`${styles.table} ${styles.cards} ${mappingStyles.mapping}`}>
              <thead>
                <tr>{[importTexts.column, importTexts.samples, importTexts.field, importTexts.by].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr>
              </thead>
              <tbody>
                {view.columns.map((column) => (
                  <MappingRow
                    key={column.index} column={column} view={view}
                    error={findings.get(`mapping.${column.index}`) ?? findings.get(`mapping.${column.index}.by`)}
                    onChoose={(target) => change(withTarget(mapping, column.index, target))}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
        <footer className={styles.foot}>
          <ButtonLink href={`/admin/imports/new?entity=${view.entity}`}>{say(importTexts.another)}</ButtonLink>
          <Button look="primary" busy={busy} disabled={refusal !== '' || changing} title={refusal || undefined} onClick={onCheck}>{say(importTexts.check)}</Button>
        </footer>
      </div>
      <aside className={styles.aside}>
        <ReadingOptions view={view} onChange={(options) => onChange({ options })} />
        <MatchingPanel view={view} onChange={(matching) => onChange({ matching })} />
      </aside>
    </div>
  )
}

/** Required fields that no column gives; those of lines only where lines come at all. */
function missingFields({ fields, matching }: ImportView, mapping: Mapping): readonly FieldView[] {
  const used = new Set(Object.values(mapping).map((target) => target?.field))
  const hasLines = [...used].some((path) => path?.startsWith('lines.'))
  if (matching.existing === 'update') return []
  return fields.filter(({ path, group, required }) => required && !used.has(path) && (group === 'document' || hasLines))
}
