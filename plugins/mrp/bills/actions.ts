import { addDays } from '../../core/engine/dates.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { versionOf } from '../rows.ts'
import { givesWay, loadRivals } from './facts.ts'

/** What a revision takes over from the version it is made of. */
const carried = ['part', 'site', 'outputQuantity', 'batchQuantity', 'owner', 'note', 'company'] as const
const carriedLine = [
  'part', 'description', 'quantity', 'unit', 'scrapPercent', 'operation', 'validFrom', 'validTo', 'note', 'workCentre', 'setupMinutes', 'runMinutes',
] as const

export const versionActions: readonly ActionHandler[] = [
  {
    type: 'mrp.supersedeFormer', label: { en: 'Supersede the former version', zh: '取代前一版本' },
    async run(context, { entity, document }) {
      const version = versionOf(document)
      // Releases take turns: two at once would not see each other, and could make two versions rule, or a part go into itself.
      await context.store.nextNumber(`${entity}:releases`, { gapless: true })
      const rivals = (await loadRivals(context.store, entity, [document])).get(version.id) ?? []
      for (const former of rivals.filter((other) => givesWay(version, other))) {
        await context.send(entity, former.id, 'supersede', { input: { validTo: addDays(version.validFrom ?? await context.today(), -1) } })
      }
    },
  },
  {
    type: 'mrp.revise', label: { en: 'Make the next version', zh: '生成下一版本' },
    async run(context, { entity, document, lines }) {
      await context.create(entity, {
        values: { ...given(document, carried), revises: document.id }, lines: lines.map((line) => given(line, carriedLine)), sources: [{ entity, id: document.id }],
      })
    },
  },
  {
    type: 'mrp.endValidity', label: { en: 'End its validity', zh: '终止有效期' },
    async run(context, { document }) {
      const yesterday = addDays(await context.today(), -1)
      const { validTo } = versionOf(document)
      if (!validTo || validTo > yesterday) document.validTo = yesterday
    },
  },
]

const given = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])))
