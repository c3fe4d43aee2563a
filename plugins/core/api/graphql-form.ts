import { visit, type DirectiveNode, type DocumentNode } from 'graphql'
import { problem, type Problem } from '../../../config/errors.ts'
import type { Text } from '../../../config/language/text.ts'

/**
 * What Payload's count of a query's fields stumbles over before anyone has validated the query: operations that there are none of, and
 * conditions of `@skip` and `@include` that are no yes or no.
 */
export function problemOfForm(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Problem | undefined {
  if (document.definitions.some((each) => each.kind === 'OperationDefinition' && each.operation === 'subscription')) return problem('badQuery', { reason: noSubscriptions })
  const defaults = new Set(document.definitions.flatMap((each) => (each.kind === 'OperationDefinition' ? each.variableDefinitions ?? [] : []))
    .flatMap(({ variable, defaultValue }) => (defaultValue?.kind === 'BooleanValue' ? [variable.name.value] : [])))
  let wrong: DirectiveNode | undefined
  visit(document, { Directive: (directive) => {
    const { name, arguments: given = [] } = directive
    if (name.value !== 'skip' && name.value !== 'include') return
    const value = given.find((argument) => argument.name.value === 'if')?.value
    const isKnown = value?.kind === 'BooleanValue' || (value?.kind === 'Variable' && (typeof variables[value.name.value] === 'boolean' || (variables[value.name.value] === undefined && defaults.has(value.name.value))))
    if (!isKnown) wrong ??= directive
  } })
  return wrong && problem('badQuery', { reason: noCondition(wrong.name.value) })
}

const noSubscriptions: Text = { en: 'There are no subscriptions.', zh: '不支持 subscription。' }
const noCondition = (name: string): Text => ({ en: `"@${name}" needs "if" with true, false, or a variable that is one of them.`, zh: `“@${name}”须带参数“if”，其值为 true、false 或布尔变量。` })
