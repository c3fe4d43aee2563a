const locks = new WeakMap<Headers, Date>()

/** Until when the account is locked that a request tried to sign in to; kept with the request's headers, for whoever tells it. */
export const rememberLock = (headers: Headers, until: Date): void => void locks.set(headers, until)

export const lockOf = (req: { readonly headers?: Headers } | undefined): Date | undefined => (req?.headers ? locks.get(req.headers) : undefined)
