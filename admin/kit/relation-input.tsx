'use client'

import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import type { OptionHit } from '../../plugins/core/api/search.ts'
import type { Title } from '../../plugins/core/views/titles.ts'
import { kitTexts } from '../locales/texts.ts'
import { request } from './api.ts'
import type { InputProps } from './field-input.tsx'
import { QuickCreate } from './quick-create.tsx'
import { Popover } from './floating.tsx'
import { Icon } from './icon.tsx'
import { useText } from './kit-context.tsx'
import { useTitles } from './titles-context.tsx'
import styles from './fields.module.css'

/** One reference: type a part of its number or name, choose with arrows and Enter. */
export function RelationInput({ field, value, onChange, onBlur, onKeyDown, id, invalid, describedBy, label, bare, placeholder, around, ref }: InputProps) {
  const say = useText()
  const { titles, learn } = useTitles()
  const anchor = useRef<HTMLDivElement>(null)
  const listId = useId()
  const [words, setWords] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const to = field.to ?? ''
  const chosen = typeof value === 'string' && value ? value : null
  const options = useOptions(words === null ? null : to, words ?? '', placeQuery(field, around))
  const [making, setMaking] = useState<string | null>(null)
  const close = useCallback(() => setWords(null), [])
  const choose = (option: OptionHit) => {
    const { id: chosenId, ...title } = option
    learn(to, chosenId, title)
    onChange(chosenId)
    setWords(null)
  }
  const make = () => {
    setMaking(words)
    setWords(null)
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const current = options?.[at]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (words === null && bare) return onKeyDown?.(event)
      event.preventDefault()
      if (words === null) return setWords('')
      setAt((old) => Math.max(0, Math.min((options?.length ?? 1) - (field.quickCreate ? 0 : 1), old + (event.key === 'ArrowDown' ? 1 : -1))))
      return undefined
    }
    if (event.key === 'Enter' && words !== null && field.quickCreate && options && at >= options.length) {
      event.preventDefault()
      return make()
    }
    if ((event.key === 'Enter' || (event.key === 'Tab' && words)) && words !== null && current) {
      if (event.key === 'Enter') event.preventDefault()
      choose(current)
      if (event.key === 'Enter' && !bare) return undefined
    }
    return onKeyDown?.(event)
  }
  const shown = words ?? (chosen ? titleText(bare && shortNames.has(to) ? withoutHint(titles[to]?.[chosen]) : titles[to]?.[chosen], chosen) : '')
  return (
    <div ref={anchor} className={styles.combo}>
      <input
        ref={ref as Ref<HTMLInputElement>} id={id} name={field.name} role="combobox" aria-expanded={words !== null} aria-controls={listId} aria-autocomplete="list"
        aria-activedescendant={words !== null && (options?.[at] || (field.quickCreate && options)) ? `${listId}-${at}` : undefined} aria-label={label} aria-invalid={invalid || undefined}
        aria-describedby={describedBy} aria-required={field.required || undefined} autoComplete="off" spellCheck={false}
        className={`${styles.input} ${bare ? styles.bare : ''}`} placeholder={placeholder ?? (bare ? '' : say(kitTexts.choose))} value={shown}
        onFocus={(event) => event.target.select()} onClick={() => { if (words === null) setWords('') }}
        onChange={(event) => { setWords(event.target.value); setAt(0); if (event.target.value === '' && chosen) onChange('') }}
        onKeyDown={keys} onBlur={() => { setWords(null); onBlur?.() }}
      />
      {chosen && !bare ? (
        <button type="button" tabIndex={-1} className={styles.comboClear} aria-label={`${say(kitTexts.clear)}: ${say(field.label)}`} onClick={() => onChange('')}><Icon name="close" size={12} /></button>
      ) : bare ? null : <span className={styles.comboClear} aria-hidden="true"><Icon name="down" size={12} /></span>}
      {words === null ? null : (
        <Popover anchor={anchor} onClose={close} label={say(field.label)} role="group" matchWidth>
          <ul id={listId} role="listbox" aria-label={say(field.label)} className={styles.options}>
            {options?.map((option, index) => (
              <li
                key={option.id} id={`${listId}-${index}`} role="option" aria-selected={index === at} className={styles.option}
                onPointerDown={(event) => { event.preventDefault(); choose(option) }} onPointerEnter={() => setAt(index)}
              >
                <span>{option.title}</span>{option.hint ? <small>{option.hint}</small> : null}
              </li>
            ))}
            {field.quickCreate && options ? (
              <li
                id={`${listId}-${options.length}`} role="option" aria-selected={at >= options.length} className={styles.option}
                onPointerDown={(event) => { event.preventDefault(); make() }} onPointerEnter={() => setAt(options.length)}
              >
                <span className={styles.make}><Icon name="plus" size={12} />{words ? say(kitTexts.makeNew, { words }) : say(kitTexts.makeNewEmpty)}</span>
              </li>
            ) : null}
          </ul>
          {options === null ? <div className={styles.note}>{say(kitTexts.loading)}</div> : options.length === 0 && !field.quickCreate ? <div className={styles.note}>{say(kitTexts.noOptions)}</div> : null}
        </Popover>
      )}
      {making === null ? null : <QuickCreate to={to} words={making} onDone={(made) => { setMaking(null); choose(made) }} onClose={() => setMaking(null)} />}
    </div>
  )
}

/** What filters the records that are offered, as the server asks for it: where they are chosen, and what stands beside them. */
function placeQuery({ name, filter }: InputProps['field'], around: InputProps['around']): string {
  if (!filter || !around) return ''
  const given = filter.flatMap(({ same }) => (same !== undefined && typeof around.values[same] === 'string' ? [[`given.${same}`, around.values[same]] as [string, string]] : []))
  return `&${new URLSearchParams([['of', `${around.entity}.${name}`], ...given]).toString()}`
}

/** Several references as tags. */
export function RelationsInput(props: InputProps) {
  const say = useText()
  const { titles } = useTitles()
  const { field, value, onChange } = props
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  return (
    <div>
      {chosen.length > 0 ? (
        <div className={styles.tags}>
          {chosen.map((id) => {
            const title = titleText(titles[field.to ?? '']?.[id], id)
            return (
              <span key={id} className={styles.tag}>
                {title}
                <button type="button" aria-label={`${say(kitTexts.clear)}: ${title}`} onClick={() => onChange(chosen.filter((other) => other !== id))}><Icon name="close" size={10} /></button>
              </span>
            )
          })}
        </div>
      ) : null}
      <RelationInput {...props} value="" onChange={(next) => { if (typeof next === 'string' && next && !chosen.includes(next)) onChange([...chosen, next]) }} />
    </div>
  )
}

/** The one document that these words name: an exact number or name, or the only hit. For pasted cells. */
export async function findReference(to: string, words: string): Promise<OptionHit | undefined> {
  const hits = await request<OptionHit[]>(`/api/options/${to}?q=${encodeURIComponent(words)}`)
  const wanted = words.trim().toLowerCase()
  const exact = hits.find(({ title, hint }) => title.toLowerCase() === wanted || hint?.toLowerCase() === wanted)
  return exact ?? (hits.length === 1 ? hits[0] : undefined)
}

/** In a cell their code is all one reads. */
const shortNames: ReadonlySet<string> = new Set(['units', 'tax-codes'])
const withoutHint = (title: Title | undefined): Title | undefined => title && { ...title, hint: '' }

function titleText(title: Title | undefined, id: string): string {
  if (title?.redacted) return '•••'
  if (!title) return id
  return title.hint ? `${title.title} · ${title.hint}` : title.title
}

function useOptions(to: string | null, words: string, place: string): OptionHit[] | null {
  const [found, setFound] = useState<OptionHit[] | null>(null)
  useEffect(() => {
    if (to === null) return undefined
    const controller = new AbortController()
    const timer = setTimeout(() => {
      request<OptionHit[]>(`/api/options/${to}?q=${encodeURIComponent(words)}${place}`, { signal: controller.signal }).then(setFound, () => {
        if (!controller.signal.aborted) setFound([])
      })
    }, words ? 140 : 0)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [to, words, place])
  return found
}
