'use client'

import type { JSONContent } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { useEffect, useRef, useState } from 'react'
import { readRichText, richOfPlain } from '../../config/language/rich-text.ts'
import type { InputProps } from './field-input.tsx'
import { useText } from './kit-context.tsx'
import { richExtensions } from './rich-extensions.ts'
import { RichToolbar } from './rich-toolbar.tsx'
import styles from './rich-text.module.css'

/** A text with headings, lists, quotes and links, as it will be read. What it holds is JSON; pasted HTML becomes of it what it can hold. */
export function RichTextEditor({ field, value, onChange, onBlur, id, invalid, describedBy, label }: InputProps) {
  const say = useText()
  const text = typeof value === 'string' ? value : ''
  const given = useRef(text)
  const [start] = useState(() => contentOf(text))
  const latest = useRef({ onChange, onBlur })
  latest.current = { onChange, onBlur }
  const editor = useEditor({
    extensions: richExtensions, content: start, immediatelyRender: false, injectCSS: false, shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: styles.text ?? '', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label ?? say(field.label),
        ...(id && { id }), ...(invalid && { 'aria-invalid': 'true' }), ...(describedBy && { 'aria-describedby': describedBy }), ...(field.required && { 'aria-required': 'true' }),
      },
    },
    onUpdate: ({ editor: now }) => latest.current.onChange(given.current = written(now.getJSON())),
    onBlur: () => latest.current.onBlur?.(),
  })
  // What comes from elsewhere: a discarded change, a step back.
  useEffect(() => {
    if (!editor || text === given.current) return
    given.current = text
    editor.commands.setContent(contentOf(text), { emitUpdate: false })
  }, [editor, text])
  return (
    <div className={styles.editor} data-invalid={invalid || undefined}>
      {editor ? <RichToolbar editor={editor} /> : null}
      <EditorContent editor={editor} className={styles.content} />
    </div>
  )
}

function contentOf(text: string): JSONContent | null {
  if (text === '') return null
  try {
    return JSON.parse(text) as JSONContent
  } catch {
    return richOfPlain(text) as JSONContent
  }
}

/** As it is kept; what is too long stays as it is, to be told. */
function written(json: JSONContent): string {
  const read = readRichText(json)
  return 'problem' in read ? JSON.stringify(json) : read.value ? JSON.stringify(read.value) : ''
}
