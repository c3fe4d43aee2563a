import { GraphQLError, type ExecutionArgs, type ValidationRule } from 'graphql'
import type { PayloadRequest } from 'payload'
import { problem } from '../../../config/errors.ts'

/** The schema names every entity and field of a firm: it is shown to those who are signed in. */
export function introspectionRules({ contextValue }: Pick<ExecutionArgs, 'contextValue'>): ValidationRule[] {
  const { req } = (contextValue ?? {}) as { req?: PayloadRequest }
  return req?.user ? [] : [refuseIntrospection(req)]
}

const refuseIntrospection = (req: PayloadRequest | undefined): ValidationRule => (context) => ({
  Field(node) {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return
    const found = problem('introspection')
    context.reportError(new GraphQLError(found.message[req?.i18n.language === 'zh' ? 'zh' : 'en'], {
      nodes: node, extensions: { name: found.code, ...found, statusCode: found.status },
    }))
  },
})
