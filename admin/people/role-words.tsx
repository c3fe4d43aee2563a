'use client'

import type { Permission, PermissionAction } from '../../config/language/role.ts'
import type { Text } from '../../config/language/text.ts'
import type { RightsTarget } from '../../plugins/core/users/people-view.ts'
import { toGrants, type Grant } from '../../plugins/core/users/grants.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import styles from './people.module.css'

const sentences: readonly { readonly lead: Text; readonly has: (grant: Grant) => boolean; readonly brief: boolean }[] = [
  { lead: peopleTexts.sees, has: having('read'), brief: true },
  { lead: peopleTexts.changes, has: (grant) => grant.actions.has('create') || grant.actions.has('edit'), brief: true },
  { lead: peopleTexts.steps, has: having('send'), brief: true },
  { lead: peopleTexts.discards, has: having('discard'), brief: false },
  { lead: peopleTexts.exports, has: having('export'), brief: false },
  { lead: peopleTexts.imports, has: having('import'), brief: false },
]

/** What a role may do, said in words. `brief`: the three things one asks first, shortened. */
export function RoleWords({ permissions, targets, brief = false }: { readonly permissions: readonly Permission[]; readonly targets: readonly RightsTarget[]; readonly brief?: boolean }) {
  const say = useText()
  const { language } = useKit()
  const grants = toGrants(permissions)
  const joined = (names: readonly string[]) => names.join(language === 'zh' ? '、' : ', ')
  if (grants.some(({ entity, own, actions }) => entity === '*' && !own && actions.has('edit'))) return <p className={styles.words}>{say(peopleTexts.everythingText)}</p>
  const labels = new Map(targets.map(({ slug, label }) => [slug, label]))
  const named = (has: (grant: Grant) => boolean) => grants.filter((grant) => has(grant) && (labels.has(grant.entity) || grant.entity === '*'))
    .map(({ entity, own }) => `${say(labels.get(entity) ?? peopleTexts.everything)}${own ? ` (${say(peopleTexts.ownOnly)})` : ''}`)
  const hidden = [...new Set(grants.flatMap((grant) => [...grant.hidden].flatMap((field) => {
    const label = targets.find(({ slug }) => slug === grant.entity)?.fields.find(({ name }) => name === field)?.label
    return label ? [say(label)] : []
  })))]
  return (
    <dl className={styles.words}>
      {sentences.filter((sentence) => !brief || sentence.brief).map(({ lead, has }) => {
        const names = named(has)
        const shown = brief ? names.slice(0, 6) : names
        if (names.length === 0 && !brief) return null
        return <div key={lead.en}><dt>{say(lead)}</dt><dd>{names.length === 0 ? say(peopleTexts.nothing) : `${joined(shown)}${shown.length < names.length ? ` … (${names.length})` : ''}`}</dd></div>
      })}
      {hidden.length > 0 && !brief ? <div><dt>{say(peopleTexts.neverSees)}</dt><dd>{joined(hidden)}</dd></div> : null}
    </dl>
  )
}

function having(action: PermissionAction) {
  return ({ actions }: Grant) => actions.has(action)
}
