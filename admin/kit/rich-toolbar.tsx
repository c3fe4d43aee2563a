'use client'

import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { headingLevels, isSafeHref } from '../../config/language/rich-text.ts'
import { richTexts } from '../locales/rich-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useText } from './kit-context.tsx'
import fields from './fields.module.css'
import styles from './rich-text.module.css'

type Tool = { readonly key: string; /** Shown in place of the label; the link has an icon. */ readonly sign?: string; readonly label: string; readonly keys: string; readonly isOn: (editor: Editor) => boolean; readonly run: (editor: Editor) => void }

/** What can be done with the text: one stop of the Tab key, arrows go from tool to tool. */
export function RichToolbar({ editor }: { readonly editor: Editor }) {
  const say = useText()
  const bar = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const [address, setAddress] = useState<string | null>(null)
  const tools: readonly Tool[] = [
    ...headingLevels.map((level): Tool => ({ key: `h${level}`, sign: `H${level}`, label: say(richTexts.heading, { level }), keys: `Ctrl+Alt+${level}`, isOn: (one) => one.isActive('heading', { level }), run: (one) => one.chain().focus().toggleHeading({ level }).run() })),
    { key: 'bold', sign: 'B', label: say(richTexts.bold), keys: 'Ctrl+B', isOn: (one) => one.isActive('bold'), run: (one) => one.chain().focus().toggleBold().run() },
    { key: 'italic', sign: 'I', label: say(richTexts.italic), keys: 'Ctrl+I', isOn: (one) => one.isActive('italic'), run: (one) => one.chain().focus().toggleItalic().run() },
    { key: 'bullets', sign: '•', label: say(richTexts.bullets), keys: 'Ctrl+Shift+8', isOn: (one) => one.isActive('bulletList'), run: (one) => one.chain().focus().toggleBulletList().run() },
    { key: 'numbers', sign: '1.', label: say(richTexts.numbers), keys: 'Ctrl+Shift+7', isOn: (one) => one.isActive('orderedList'), run: (one) => one.chain().focus().toggleOrderedList().run() },
    { key: 'quote', sign: '❝', label: say(richTexts.quote), keys: 'Ctrl+Shift+B', isOn: (one) => one.isActive('blockquote'), run: (one) => one.chain().focus().toggleBlockquote().run() },
    { key: 'link', label: say(richTexts.link), keys: '', isOn: (one) => one.isActive('link'), run: (one) => setAddress(String(one.getAttributes('link').href ?? 'https://')) },
  ]
  const on = useEditorState({ editor, selector: ({ editor: now }) => tools.filter(({ isOn }) => isOn(now)).map(({ key }) => key).join() })
  const go = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (at + step + tools.length) % tools.length
    setAt(next)
    bar.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <>
      <div ref={bar} role="toolbar" aria-label={say(richTexts.tools)} className={styles.tools} onKeyDown={go}>
        {tools.map(({ key, sign, label, keys, run }, index) => (
          <button
            key={key} type="button" data-tool={key} data-sign={sign} tabIndex={index === at ? 0 : -1} aria-label={label} title={keys ? `${label} (${keys})` : label} aria-pressed={on.split(',').includes(key)}
            onFocus={() => setAt(index)} onMouseDown={(event) => event.preventDefault()} onClick={() => run(editor)}
          >{sign === undefined ? <Icon name="link" /> : null}</button>
        ))}
      </div>
      {address === null ? null : <LinkInput address={address} onChange={setAddress} onDone={(href) => { setAddress(null); link(editor, href) }} onCancel={() => { setAddress(null); editor.commands.focus() }} />}
    </>
  )
}

/** An empty address takes the link away. Without words chosen the address itself is what is read. */
function link(editor: Editor, href: string): void {
  const chain = editor.chain().focus().extendMarkRange('link')
  if (href === '') chain.unsetLink().run()
  else if (editor.state.selection.empty && !editor.isActive('link')) chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
  else chain.setLink({ href }).run()
}

function LinkInput({ address, onChange, onDone, onCancel }: { readonly address: string; readonly onChange: (address: string) => void; readonly onDone: (href: string) => void; readonly onCancel: () => void }) {
  const say = useText()
  const trimmed = address.trim() === 'https://' ? '' : address.trim()
  const isSound = trimmed === '' || isSafeHref(trimmed)
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (isSound) onDone(trimmed)
  }
  return (
    <div className={styles.link}>
      <input autoFocus className={fields.input} aria-label={say(richTexts.address)} aria-invalid={!isSound || undefined} value={address} onChange={(event) => onChange(event.target.value)} onKeyDown={keys} />
      <Button small disabled={!isSound} onClick={() => onDone(trimmed)}>{say(trimmed === '' ? richTexts.unlink : richTexts.setLink)}</Button>
      <Button small look="ghost" onClick={onCancel}>{say(kitTexts.cancel)}</Button>
      {isSound ? null : <span role="alert" className={styles.fault}>{say(richTexts.unsafe)}</span>}
    </div>
  )
}
