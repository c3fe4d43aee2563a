'use client'

import type { Text } from '../../config/language/text.ts'
import { partOf, withPart, type TargetState } from '../../workflows/engine/targets.ts'
import { useText } from '../kit/kit-context.tsx'
import { migrationTexts } from '../locales/migration-texts.ts'
import styles from './configuration.module.css'
import live from './live-documents.module.css'

type Props = {
  readonly states: readonly TargetState[]
  readonly value: string
  readonly label: string
  /** What leaving the choice empty is called; without it one is always chosen. */
  readonly none?: string
  readonly onChoose: (state: string) => void
}

/** The choice of a state; with regions side by side, each has its own below. */
export function StateChoice({ states, value, label, none, onChoose }: Props) {
  const say = useText()
  const chosen = chosenOf(states, value)
  return (
    <>
      <select className={styles.pick} aria-label={label} value={chosen?.path ?? ''} onChange={(event) => onChoose(states.find(({ path }) => path === event.target.value)?.state ?? '')}>
        {none === undefined ? null : <option value="">{none}</option>}
        {states.map((state) => <option key={state.path} value={state.path}>{say(state.label)}</option>)}
      </select>
      {chosen?.regions?.map(({ path, label: region, states: inner }) => (
        <div key={path} className={live.region}>
          <span>{say(region)}</span>
          <div className={live.choice}>
            <StateChoice states={inner} value={partOf(value, path)} label={`${label}: ${say(migrationTexts.region, { region: say(region) })}`} onChoose={(part) => onChoose(withPart(value, { region: path, part }))} />
          </div>
        </div>
      ))}
    </>
  )
}

const chosenOf = (states: readonly TargetState[], value: string): TargetState | undefined =>
  states.find(({ path, state, regions }) => (regions ? partOf(value, path) !== '' : state === value))

/** `Checking: Papers / In + Signature / Asked`. */
export function labelOf(states: readonly TargetState[], value: string): Text | undefined {
  const chosen = chosenOf(states, value)
  if (!chosen?.regions) return chosen?.label
  const parts = chosen.regions.map(({ path, label, states: inner }) => ({ label, at: labelOf(inner, partOf(value, path)) ?? label }))
  return {
    en: `${chosen.label.en}: ${parts.map(({ label, at }) => `${label.en} / ${at.en}`).join(' + ')}`,
    zh: `${chosen.label.zh}：${parts.map(({ label, at }) => `${label.zh} / ${at.zh}`).join('，')}`,
  }
}
