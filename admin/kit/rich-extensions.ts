import type { Extensions } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { headingLevels, isSafeHref } from '../../config/language/rich-text.ts'

/** What the editor can make: what `config/language/rich-text.ts` reads, and nothing else. A test holds the two together. */
export const richExtensions: Extensions = [StarterKit.configure({
  heading: { levels: [...headingLevels] },
  link: { openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: 'https', isAllowedUri: (href) => isSafeHref(href), HTMLAttributes: { target: null, rel: null, class: null } },
  code: false, codeBlock: false, horizontalRule: false, strike: false, underline: false, trailingNode: false,
})]
