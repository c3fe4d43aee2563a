'use client'

import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { keyboardGroups, keyboardTitle } from '../locales/keyboard-texts.ts'
import styles from './keyboard-help.module.css'

/** What can be done without the mouse, by where it works. */
export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  const say = useText()
  return (
    <SidePanel title={say(keyboardTitle)} onClose={onClose}>
      {keyboardGroups.map(({ title, keys }) => (
        <section key={title.en} className={styles.group}>
          <h3>{say(title)}</h3>
          <dl>
            {keys.map((line) => (
              <div key={line.text.en}>
                <dt>{line.keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
                <dd>{say(line.text)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </SidePanel>
  )
}
