import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Stands between an application and its database server, and does to their connections what networks do. */
export type TcpProxy = {
  readonly port: number
  /** Breaks every connection at once. */
  readonly cut: () => void
  /** Takes no connection until told otherwise, and cuts those there are. */
  readonly refuse: (isRefusing: boolean) => void
  /** Each piece is late by so many milliseconds, in both directions. */
  readonly delay: (milliseconds: number) => void
  /**
   * The next `count` requests that hold `words` are cut: before the server has them, or after it has done them and before its answer
   * is passed on.
   */
  readonly cutAt: (words: string, when: 'before' | 'answer', count: number) => void
  /** How many of `cutAt` have come so far. */
  readonly hits: () => { readonly before: number; readonly answer: number }
  readonly stop: () => Promise<void>
}

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; isDoomed: boolean }>()
  let isRefusing = false
  let late = 0
  let trap: { words: string; when: 'before' | 'answer'; left: number } | undefined
  const hits = { before: 0, answer: 0 }
  const cut = () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
  }

  const proxy = createServer((client) => {
    if (isRefusing) return void client.on('error', () => {}).destroy()
    const server = connect(target)
    const pair = { client, server, isDoomed: false }
    pairs.add(pair)
    const end = () => {
      client.destroy()
      server.destroy()
      pairs.delete(pair)
    }
    for (const side of [client, server]) side.on('error', end).on('close', end).setNoDelay(true)
    // In order, however late.
    const pass = (from: Socket, to: Socket, look: (chunk: Buffer) => boolean) => {
      let last: Promise<unknown> = Promise.resolve()
      from.on('data', (chunk: Buffer) => {
        if (!look(chunk)) return end()
        const arrives = late === 0 ? undefined : pause(late)
        last = last.then(() => arrives).then(() => { if (!to.destroyed) to.write(chunk) })
      })
    }
    pass(client, server, (chunk) => {
      if (!trap || trap.left === 0 || !chunk.includes(trap.words)) return true
      trap.left--
      hits[trap.when]++
      pair.isDoomed = trap.when === 'answer'
      return trap.when === 'answer'
    })
    pass(server, client, () => !pair.isDoomed)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    port: (proxy.address() as AddressInfo).port, cut,
    refuse(next) {
      isRefusing = next
      if (next) cut()
    },
    delay: (milliseconds) => { late = milliseconds },
    cutAt: (words, when, count) => { trap = { words, when, left: count } },
    hits: () => ({ ...hits }),
    async stop() {
      const closed = once(proxy, 'close')
      proxy.close()
      cut()
      await closed
    },
  }
}
