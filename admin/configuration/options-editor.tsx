'use client'

import type { Text } from '../../config/language/text.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { optionsOf, type OptionDraft } from './field-settings.ts'
import styles from './configuration.module.css'

/** `kept`: keys of options that are published and may have been chosen. */
type Props = { readonly options: unknown; readonly kept: ReadonlySet<string>; readonly findings: ReadonlyMap<string, Text>; readonly onChange: (options: readonly OptionDraft[]) => void }

/** The options of a choice, their names in both languages side by side; Enter in the last one makes another. */
export function OptionsEditor({ options, kept, findings, onChange }: Props) {
  const say = useText()
  const list = optionsOf(options)
  const finding = [...findings].find(([path]) => path.startsWith('options'))?.[1]
  const put = (index: number, language: 'en' | 'zh', text: string) =>
    onChange(list.map((option, at) => (at === index ? { ...option, label: { ...option.label, [language]: text } } : option)))
  const add = () => onChange([...list, {}])
  return (
    <fieldset className={styles.options}>
      <legend>{say(configurationTexts.options)}</legend>
      {finding ? <p role="alert" className={styles.error}>{say(finding)}</p> : null}
      {list.map((option, index) => (
        <div key={index} className={styles.option}>
          {(['en', 'zh'] as const).map((language) => (
            <input
              key={language} className={styles.input} aria-label={`${say(configurationTexts.option, { number: index + 1 })} · ${say(language === 'en' ? configurationTexts.labelEn : configurationTexts.labelZh)}`}
              placeholder={language === 'en' ? 'English' : '中文'} value={option.label?.[language] ?? ''} onChange={(event) => put(index, language, event.target.value)}
              onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing && index === list.length - 1) { event.preventDefault(); add() } }}
            />
          ))}
          <code>{option.value}</code>
          {option.value !== undefined && kept.has(option.value) ? null : <IconButton icon="trash" label={`${say(configurationTexts.remove)} ${index + 1}`} onClick={() => onChange(list.filter((_, at) => at !== index))} />}
        </div>
      ))}
      <Button small icon="plus" onClick={add}>{say(configurationTexts.addOption)}</Button>
    </fieldset>
  )
}
