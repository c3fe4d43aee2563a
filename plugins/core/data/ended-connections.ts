import type { Socket } from 'node:net'
import type { MongooseAdapter } from '@payloadcms/db-mongodb'

/** What we touch of the driver's own connection (mongodb 6.20 to 6.22, lib/cmap/connection.js). */
type DriverConnection = { readonly socket: Socket; readonly error: Error | null; writeCommand: (...args: unknown[]) => Promise<void> }
type Holder = { readonly connection?: DriverConnection | null; readonly connections?: { readonly first: () => DriverConnection | null } }
type Topology = { readonly s?: { readonly servers?: ReadonlyMap<string, { readonly monitor?: Holder; readonly pool?: Holder }> } }

const mended = new WeakSet()

/**
 * The driver waits for "drain" after a write that was not taken at once. On a connection that the other side has just ended there is
 * none, nor an error: the command waits for ever, and when it was the driver's own look at the server, nothing is asked of the database
 * any more until the process ends. Here it waits for the end of the connection too, and fails as connections do that break.
 * @returns false when the driver is not built as we know it
 */
export function giveUpOnEnded(adapter: Pick<MongooseAdapter, 'connection'>): boolean {
  const { topology } = adapter.connection.getClient() as unknown as { readonly topology?: Topology }
  const found = [...topology?.s?.servers?.values() ?? []].flatMap(({ monitor, pool }) => [monitor?.connection, pool?.connections?.first()]).find((one) => one != null)
  const prototype = found ? Object.getPrototypeOf(found) as DriverConnection : undefined
  if (typeof prototype?.writeCommand !== 'function') return false
  if (!mended.has(prototype)) Object.assign(prototype, { writeCommand: endingWith(prototype.writeCommand) })
  mended.add(prototype)
  return true
}

function endingWith(writeCommand: DriverConnection['writeCommand']): DriverConnection['writeCommand'] {
  return async function write(this: DriverConnection, ...args) {
    const { socket } = this
    let ended: () => void = () => {}
    const end = new Promise<never>((_, reject) => {
      ended = () => reject(this.error ?? new Error('The connection has ended.'))
      if (socket.closed) ended()
      else socket.once('close', ended)
    })
    end.catch(() => {})
    try {
      await Promise.race([writeCommand.apply(this, args), end])
    } catch (error) {
      // The connection has noted it as its own by now, with the driver's kind of error.
      throw this.error ?? error
    } finally {
      socket.off('close', ended)
    }
  }
}
