/** What the API itself is told beside the fields: a filter, why something is changed, which version was seen. New fields take none of these keys. */
export const wordsOfApi = ['where', 'and', 'or', 'reason', 'expectedVersion'] as const

/** What no value of a GraphQL enumeration may be called. */
export const wordsOfGraphql = ['true', 'false', 'null'] as const
