export type KeyRefusal = 'keyUnknown' | 'keyExpired' | 'keyRevoked'

/** Payload's strategies only answer who someone is: why a key was refused is kept with the request's headers. */
const refused = new WeakMap<Headers, KeyRefusal>()

export const refuseKey = (headers: Headers, why: KeyRefusal): void => void refused.set(headers, why)

/** Why the key of a request was not taken; undefined when it had none. */
export const whyRefused = (headers: Headers | undefined): KeyRefusal | undefined => headers && refused.get(headers)
