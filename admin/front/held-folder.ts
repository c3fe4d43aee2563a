import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { makeFolder } from '../../config/make-folder.ts'
import { SettingsError } from '../../config/settings.ts'

/** Who serves a DATA_DIR: a file in it that tells where its front answers to its name. */
export const heldFile = 'serving.json'
type Holder = { readonly url: string; readonly pid: number; readonly port: number; readonly name: string }

type Folder = { readonly dataDir: string }

const answerMilliseconds = 1_000
/** Two that start at the same moment have both written by then: the file names one of them. */
const settleMilliseconds = 50

/**
 * Takes the folder for this front and the application processes it starts. What counts is not the file but whether its
 * front still answers: after a crash, or a new start of a container (where process ids come again), it does not.
 * @returns what gives the folder back
 * @throws SettingsError when another front on this machine serves it, or it cannot be written
 */
export async function holdFolder({ dataDir, url }: Folder & { readonly url: string }): Promise<() => void> {
  const name = randomBytes(16).toString('hex')
  const server = createServer((socket) => {
    // Who has asked and gone already is no fault.
    socket.on('error', () => {})
    socket.end(name)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const file = path.join(dataDir, heldFile)
  const release = () => {
    server.close()
    if (readHolder(file)?.name === name) rmSync(file, { force: true })
  }
  try {
    await requireFree({ dataDir })
    writeHolder(file, { url, pid: process.pid, port: (server.address() as AddressInfo).port, name })
    await new Promise((resolve) => setTimeout(resolve, settleMilliseconds))
    if (readHolder(file)?.name !== name) await requireFree({ dataDir })
    return release
  } catch (error) {
    release()
    throw error
  }
}

/** @throws SettingsError when a front on this machine serves the folder */
export async function requireFree({ dataDir }: Folder): Promise<void> {
  const holder = readHolder(path.join(dataDir, heldFile))
  if (!holder || !await answers(holder)) return
  throw new SettingsError(`The folder ${dataDir} is served already at ${holder.url} (process ${holder.pid}): use that one, stop it first, or give this one a folder and a port of its own, for example \`DATA_DIR=data-2 PORT=3001 npm run up\`.`)
}

/** Whether the front that wrote the file is still there; another program on its port does not know the name. */
function answers({ port, name }: Holder): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    let said = ''
    socket.setEncoding('utf8').setTimeout(answerMilliseconds, () => socket.destroy())
    socket.on('data', (chunk: string) => {
      said += chunk
      if (said.length >= name.length) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(said === name))
  })
}

function readHolder(file: string): Holder | undefined {
  try {
    const { url, pid, port, name } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    return typeof url === 'string' && Number.isSafeInteger(pid) && isPort(port) && typeof name === 'string' && name.length > 0 ? { url, pid: Number(pid), port, name } : undefined
  } catch {
    // Not there, or not written by a front: nobody holds the folder.
    return undefined
  }
}

const isPort = (port: unknown): port is number => typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536

/** Written beside and renamed: whoever reads it reads all of it. */
function writeHolder(file: string, holder: Holder) {
  const beside = `${file}.${process.pid}-${holder.port}`
  try {
    makeFolder(path.dirname(file))
    rmSync(beside, { force: true })
    writeFileSync(beside, `${JSON.stringify(holder)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(beside, file)
  } catch {
    throw new SettingsError(`The folder ${path.dirname(file)} cannot be written: make it writable for this user, or set DATA_DIR to another.`)
  }
}
