'use client'

import { useState } from 'react'
import type { PermissionAction } from '../../config/language/role.ts'
import type { Text } from '../../config/language/text.ts'
import { systems } from '../../config/systems.ts'
import { grantKey, type Grant } from '../../plugins/core/users/grants.ts'
import type { RightsTarget } from '../../plugins/core/users/people-view.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { ChoicePanel } from './choice-panel.tsx'
import styles from './matrix.module.css'

const columns: readonly { readonly action: PermissionAction; readonly label: Text }[] = [
  { action: 'read', label: peopleTexts.read }, { action: 'create', label: peopleTexts.createAction }, { action: 'edit', label: peopleTexts.edit },
  { action: 'discard', label: peopleTexts.discard }, { action: 'export', label: peopleTexts.export }, { action: 'import', label: peopleTexts.import }, { action: 'send', label: peopleTexts.send },
]

type Props = { readonly grants: readonly Grant[]; readonly targets: readonly RightsTarget[]; readonly disabled: boolean; readonly onChange: (grants: readonly Grant[]) => void }
type Row = { readonly grant: Grant; readonly target: RightsTarget }
type Asked = { readonly row: Row; readonly what: 'events' | 'hidden' }

/** Records by system down, actions across. Steps and hidden fields open beside it. */
export function RightsMatrix({ grants, targets, disabled, onChange }: Props) {
  const say = useText()
  const [words, setWords] = useState('')
  const [onlyGiven, setOnlyGiven] = useState(true)
  const [asked, setAsked] = useState<Asked | null>(null)
  const wanted = words.trim().toLowerCase()
  const rows = rowsOf(grants, targets).filter(({ grant, target }) =>
    (!onlyGiven || grant.actions.size > 0 || wanted) && (!wanted || target.label.en.toLowerCase().includes(wanted) || target.label.zh.includes(wanted)))
  const put = (changed: Grant) => {
    const key = grantKey(changed)
    onChange(grants.some((grant) => grantKey(grant) === key) ? grants.map((grant) => (grantKey(grant) === key ? changed : grant)) : [...grants, changed])
  }
  const toggle = ({ grant }: Row, action: PermissionAction, on: boolean) => {
    const actions = new Set(grant.actions)
    if (on) actions.add(action).add('read')
    else if (action === 'read') actions.clear()
    else actions.delete(action)
    put({ ...grant, actions })
  }
  return (
    <>
      <div className={styles.matrixTools}>
        <div className={styles.search}><Icon name="search" size={14} /><input type="search" aria-label={say(peopleTexts.filterRecords)} placeholder={say(peopleTexts.filterRecords)} value={words} onChange={(event) => setWords(event.target.value)} /></div>
        <label className={styles.check}><input type="checkbox" checked={onlyGiven} onChange={(event) => setOnlyGiven(event.target.checked)} />{say(peopleTexts.onlyGiven)}</label>
      </div>
      <div className={styles.matrixBox} tabIndex={0} role="region" aria-label={say(peopleTexts.rights)}>
        <table className={styles.matrix}>
          <thead><tr><th scope="col">{say(peopleTexts.record)}</th>{columns.map(({ action, label }) => <th key={action} scope="col">{say(label)}</th>)}<th scope="col">{say(peopleTexts.hidden)}</th></tr></thead>
          {sectionsOf(rows).map(({ slug, name, rows: own }) => (
            <tbody key={slug}>
              <tr className={styles.system}><th scope="rowgroup" colSpan={columns.length + 2}>{say(name)}</th></tr>
              {own.map((row) => (
                <tr key={grantKey(row.grant)}>
                  <th scope="row">{say(row.target.label)}{row.grant.own ? <span className={styles.ownMark} title={say(peopleTexts.ownHelp)}>{say(peopleTexts.ownOnly)}</span> : null}</th>
                  {columns.map(({ action, label }) => (
                    <td key={action}>
                      {row.target.actions.includes(action) || row.grant.actions.has(action) ? (
                        <span className={styles.cell}>
                          <input type="checkbox" disabled={disabled} aria-label={`${say(label)}: ${say(row.target.label)}`} checked={row.grant.actions.has(action)} onChange={(event) => toggle(row, action, event.target.checked)} />
                          {action === 'send' && row.grant.actions.has('send') && row.target.events.length > 0
                            ? <button type="button" className={styles.detail} onClick={() => setAsked({ row, what: 'events' })}>{row.grant.events ? say(peopleTexts.someSteps, { count: row.grant.events.size, all: row.target.events.length }) : say(peopleTexts.allSteps)}</button> : null}
                        </span>
                      ) : null}
                    </td>
                  ))}
                  <td>{row.grant.actions.has('read') && row.target.fields.length > 0 ? <button type="button" className={styles.detail} onClick={() => setAsked({ row, what: 'hidden' })}>{hiddenCount(row) > 0 ? hiddenCount(row) : say(peopleTexts.none)}</button> : null}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {asked?.what === 'events' ? (
        <ChoicePanel
          title={say(peopleTexts.stepsTitle, { what: say(asked.row.target.label) })} text={say(peopleTexts.stepsText)} all={say(peopleTexts.allStepsLabel)} disabled={disabled}
          options={asked.row.target.events} chosen={asked.row.grant.events} onClose={() => setAsked(null)} onApply={(events) => { put({ ...asked.row.grant, events }); setAsked(null) }}
        />
      ) : null}
      {asked?.what === 'hidden' ? (
        <ChoicePanel
          title={say(peopleTexts.hiddenTitle, { what: say(asked.row.target.label) })} text={say(peopleTexts.hiddenText)} disabled={disabled}
          options={asked.row.target.fields} chosen={asked.row.grant.hidden} onClose={() => setAsked(null)} onApply={(hidden) => { put({ ...asked.row.grant, hidden: hidden ?? new Set() }); setAsked(null) }}
        />
      ) : null}
    </>
  )
}

/** One list of hidden fields is often given for several entities: only those that this one has are counted. */
const hiddenCount = ({ grant, target }: Row) => target.fields.filter(({ name }) => grant.hidden.has(name)).length

/** Every target once, and once more where a grant is for own documents; "everything" first. */
function rowsOf(grants: readonly Grant[], targets: readonly RightsTarget[]): Row[] {
  const everything: RightsTarget = { slug: '*', system: 'core', label: peopleTexts.everything, actions: columns.map(({ action }) => action), events: [], fields: [], owned: false }
  const given = new Map(grants.map((grant) => [grantKey(grant), grant]))
  return [...(grants.some(({ entity }) => entity === '*') ? [everything] : []), ...targets].flatMap((target) => [false, ...(target.owned ? [true] : [])].map((own): Row => ({
    target, grant: given.get(grantKey({ entity: target.slug, own })) ?? { entity: target.slug, own, actions: new Set(), events: null, hidden: new Set() },
  })))
}

function sectionsOf(rows: readonly Row[]) {
  const order = [...systems.map(({ slug, name }) => ({ slug: slug as string, name: name as Text })), { slug: 'core', name: peopleTexts.platform }]
  return order.map((system) => ({ ...system, rows: rows.filter(({ target }) => target.system === system.slug) })).filter(({ rows: own }) => own.length > 0)
}
