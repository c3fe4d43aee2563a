import type { PayloadRequest } from 'payload'
import type { GraphQLFieldConfigMap, GraphQLNullableType } from 'graphql'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { graphqlTypes, type Library } from '../api/graphql-types.ts'
import { decideApproval } from './decide.ts'
import { readDecision } from './decide-many.ts'
import { waitingFor, type WaitingRow } from './waiting.ts'

type Fields = GraphQLFieldConfigMap<unknown, { req: PayloadRequest }>

/** `waitingApprovals`: what waits for who asks, as REST's `/approvals/waiting` answers. */
export function approvalQueries(library: Library): Fields {
  const { GraphQLList, GraphQLObjectType, GraphQLString } = library
  const { decimalType, textType } = graphqlTypes(library)
  const required = requiredOf(library)
  const waiting = new GraphQLObjectType<WaitingRow>({
    name: 'WaitingApproval', description: 'A document that waits for the decision of who asks.',
    fields: {
      approval: { type: required(GraphQLString) },
      seat: { type: required(GraphQLString), description: 'Where one decides; of several the own one.' },
      hash: { type: required(GraphQLString), description: 'Of what is approved: given with the decision, it refuses what was changed meanwhile.' },
      entity: { type: required(GraphQLString) }, documentId: { type: required(GraphQLString) },
      title: { type: required(GraphQLString), resolve: ({ title }: WaitingRow) => title.title },
      amount: { type: decimalType }, step: { type: required(textType) },
      submitter: { type: required(GraphQLString), description: 'Who asks.' }, since: { type: required(GraphQLString) }, due: { type: GraphQLString },
      behalf: { type: GraphQLString, description: 'The colleague for whom one decides.', resolve: ({ behalf }: WaitingRow) => behalf?.name ?? null },
      mayReturnToSubmitter: { type: required(library.GraphQLBoolean), resolve: ({ returns }: WaitingRow) => returns.toSubmitter },
      returnTo: { type: required(new GraphQLList(required(GraphQLString))), description: 'Earlier steps that it may be sent back to.', resolve: ({ returns }: WaitingRow) => returns.steps.map(({ name }) => name) },
    },
  })
  return {
    waitingApprovals: {
      type: required(new GraphQLList(required(waiting))),
      description: 'What waits for the approval of who asks, the oldest first.',
      resolve: async (_, __, { req }) => (await waitingFor(req.payload, { actor: await actorOfRequest(req), language: req.i18n.language === 'zh' ? 'zh' : 'en' })).rows,
    },
  }
}

/** `decideApproval`: one decision, as REST's `/approvals/decide` takes several. */
export function approvalMutations(library: Library): Fields {
  const { GraphQLObjectType, GraphQLString } = library
  const required = requiredOf(library)
  const decided = new GraphQLObjectType({
    name: 'DecidedApproval', description: 'Where the approval and its document stand after the decision.',
    fields: { approval: { type: required(GraphQLString) }, status: { type: required(GraphQLString) }, entity: { type: required(GraphQLString) }, documentId: { type: required(GraphQLString) }, state: { type: GraphQLString } },
  })
  return {
    decideApproval: {
      type: required(decided),
      description: 'Decides an approval, passes it on, asks others, or withdraws it.',
      args: {
        approval: { type: required(GraphQLString) },
        decision: { type: required(GraphQLString), description: 'approve, reject, return, delegate, addBefore, addAfter or withdraw.' },
        comment: { type: GraphQLString },
        to: { type: GraphQLString, description: 'Of return: an earlier step; absent: who asked. Of delegate, addBefore, addAfter: the id of a colleague.' },
        hash: { type: GraphQLString }, seat: { type: GraphQLString },
      },
      resolve: async (_, args, { req }) => decideApproval(req.payload, await actorOfRequest(req), readDecision(args, 'decideApproval')),
    },
  }
}

const requiredOf = ({ GraphQLNonNull }: Library) => <T extends GraphQLNullableType>(type: T) => new GraphQLNonNull(type)
