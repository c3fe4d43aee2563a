import type { Announcements, UniqueIdentifier } from '@dnd-kit/core'
import type { Text } from '../../config/language/text.ts'
import { layoutTexts } from '../locales/layout-texts.ts'

type Say = (text: Text, parameters?: Readonly<Record<string, string | number>>) => string

/** What a screen reader says of something that is dragged, in the reader's language. */
export const spoken = (say: Say, nameOf: (id: UniqueIdentifier) => string): Announcements => {
  const at = (text: Text, without: Text) => ({ active, over }: Parameters<Announcements['onDragEnd']>[0]) => {
    const what = nameOf(active.id)
    return over ? say(text, { what, place: nameOf(over.id) }) : say(without, { what })
  }
  return {
    onDragStart: ({ active }) => say(layoutTexts.lifted, { what: nameOf(active.id) }),
    onDragOver: at(layoutTexts.over, layoutTexts.nowhere),
    onDragEnd: at(layoutTexts.putDown, layoutTexts.putBack),
    onDragCancel: ({ active }) => say(layoutTexts.putBack, { what: nameOf(active.id) }),
  }
}
