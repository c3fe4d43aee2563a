import { assignNumber } from '../commands/numbering.ts'
import type { ActionHandler } from '../platform/plugin.ts'
import { documentActions } from './document-actions.ts'
import { eventParam, fieldParam, fieldsParam, onlyIfEmptyParam, optionalParam, relationParam, valueParam } from './general-params.ts'

/** Actions that every workflow may use; their parameters are made by `config/language/references.ts`. */
export const generalActions: readonly ActionHandler[] = [
  {
    type: 'core.setField', label: { en: 'Set a field', zh: '设置字段' }, params: [fieldParam, valueParam, onlyIfEmptyParam], names: { field: 'field' },
    async run(context, { params, document, input, reason }) {
      const company = await context.company(document.company as string | null)
      documentActions['core.setField']({ params, document, input, company, today: await context.today(), reason })
    },
  },
  {
    type: 'core.applyInput', label: { en: 'Copy the input to the document', zh: '写入录入内容' }, params: [fieldsParam], names: { fields: 'field' },
    run: (_, { params, document, input }) => Promise.resolve(documentActions['core.applyInput']({ params, document, input })),
  },
  {
    type: 'core.increment', label: { en: 'Count up', zh: '计数加一' }, params: [fieldParam], names: { field: 'field' },
    run: (_, { params, document, input }) => Promise.resolve(documentActions['core.increment']({ params, document, input })),
  },
  {
    type: 'core.assignNumber', label: { en: 'Give the number', zh: '编号' },
    run: (context, { entity, document }) => assignNumber(context, context.entity(entity), document, 'posting'),
  },
  {
    type: 'core.emit', label: { en: 'Leave an event', zh: '发出事件' }, params: [eventParam],
    run: (context, { entity, params, document, event }) =>
      // The event belongs to the version that the step makes.
      context.emit(String(params.event), { ...document, version: Number(document.version) + 1 }, entity, { event }),
  },
  {
    // The other document's guards may ask in which state this one stands.
    type: 'core.sendTo', label: { en: 'Send an event to a related document', zh: '触发关联单据' }, when: 'after',
    params: [relationParam, eventParam, optionalParam], names: { relation: 'relation' },
    async run(context, { entity, params, document, reason }) {
      const { relation, event, optional } = params as unknown as { relation: string; event: string; optional?: boolean }
      const to = context.entity(entity).fields.find(({ name }) => name === relation)?.to
      const id = document[relation]
      if (!to || typeof id !== 'string') return
      const message = reason === undefined ? {} : { reason }
      if (optional) await context.offer(to, id, event, message)
      else await context.send(to, id, event, message)
    },
  },
]
