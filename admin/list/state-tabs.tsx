'use client'

import type { ListView } from '../../plugins/core/views/list-view.ts'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import page from '../kit/page.module.css'
import styles from './list.module.css'

/** One tab a state with how many are in it; states that nothing is in are left out, but never the chosen one. */
export function StateTabs({ view, current, onChoose }: { readonly view: ListView; readonly current: string; readonly onChoose: (state: string) => void }) {
  const say = useText()
  const total = Object.values(view.counts).reduce((sum, count) => sum + count, 0)
  const tabs = [
    { name: '', label: listTexts.all, count: total, tone: undefined },
    ...view.entity.states.map((state) => ({ ...state, count: view.counts[state.name] ?? 0 })).filter(({ name, count }) => count > 0 || name === current),
  ]
  return (
    <div className={`${page.tabs} ${styles.tabs}`} role="group" aria-label={say(listTexts.states)}>
      {tabs.map(({ name, label, count, tone }) => (
        <button key={name} type="button" aria-pressed={name === current} onClick={() => onChoose(name)}>
          {say(label)}<span className={page.count} data-tone={tone}>{count}</span>
        </button>
      ))}
    </div>
  )
}
