import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import path from 'node:path'
import type { PublishRequest } from '../../plugins/core/configuration/publisher.ts'
import type { AppMessage, FrontMessage, Welcome } from '../server/parent.ts'
import type { Started } from './spare.ts'

/** An application process could not start or take over; `status` says what HTTP would, for a fault of who published. */
export class ApplicationFailure extends Error {
  override readonly name = 'ApplicationFailure'
  readonly status: number
  constructor(message: string, status = 500) {
    super(message)
    this.status = status
  }
}

/** One application process, as the front sees it. */
export type Application = {
  readonly pid: number
  readonly revision: number
  readonly socketPath: string
  readonly agent: http.Agent
  /** Takes over, publishing its revision on the way where it was started with a new one. */
  readonly activate: (publish?: { readonly actor: string }) => Promise<void>
  /** How one gets in: told soon after it has taken over. */
  readonly welcome: () => Promise<Welcome>
  /** Ends its work on what happens later, or takes it up again. */
  readonly rest: () => Promise<void>
  readonly resume: () => void
  /** What it asked to have published was not. */
  readonly unpublished: (failure: ApplicationFailure) => void
  /** Counts an exchange with it: until it has begun to answer it may still write; until it is closed it must live. */
  readonly begin: () => Exchange
  /** Resolves when nothing that it has begun may still write, or when the time is over. */
  readonly quiet: (milliseconds: number) => Promise<void>
  /** Ends it once its last answers have been delivered, or after `milliseconds`. */
  readonly retire: (milliseconds: number) => Promise<void>
  readonly ended: Promise<string>
}

export type Exchange = { readonly sent: () => void; readonly answered: () => void; readonly closed: () => void }

/** The program, and a folder for its socket that only this user may enter. */
export type Program = {
  readonly program: string
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export type Launch = {
  readonly started: Started
  /** A file with what it shall publish; absent: it runs what is current. */
  readonly revisionFile?: string
  /** Another one answers meanwhile: this one may take its time to be ready for everything. */
  readonly isBeside: boolean
  readonly onProgress: (label: string) => void
  /** Another host has published. */
  readonly onBehind: (application: Application) => void
  /** Someone who uses it wants something published. */
  readonly onPublish: (application: Application, request: PublishRequest) => void
  /** Someone will soon. */
  readonly onExpect: () => void
}

const bootMilliseconds = 180_000
const restMilliseconds = 2_000

/** Begins a process; `isSpare`: it may be a while until it is told what to run. */
export function beginProcess({ program, folder, env }: Program, { isSpare }: { readonly isSpare: boolean }): Started {
  const socketPath = socketIn(folder)
  return { socketPath, child: fork(program, ['--socket', socketPath, ...(isSpare ? ['--spare'] : [])], { env: { ...env, NODE_ENV: 'production' } }) }
}

/** @returns the process once it is warm. @throws ApplicationFailure when it ends or fails before. */
export async function launch({ started: { child, socketPath }, revisionFile, isBeside, onProgress, onBehind, onPublish, onExpect }: Launch): Promise<Application> {
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `status ${code ?? 'unknown'}`))
    child.once('error', (error) => resolve(error.message))
  })
  let failed: ApplicationFailure | undefined
  child.on('message', (message: AppMessage) => {
    if (message.type === 'progress') onProgress(message.label)
    if (message.type === 'failed') failed = new ApplicationFailure(message.message, message.status)
  })
  const answer = async <Type extends AppMessage['type']>(type: Type, milliseconds: number) =>
    Promise.race([
      nextMessage(child, type),
      ended.then((how) => { throw failed ?? new ApplicationFailure(`The application process ended unexpectedly (${how}). The log of the server, just before this, says why.`) }),
      late(milliseconds),
    ])
  const tell = (message: FrontMessage) => { if (child.connected) child.send(message, () => {}) }
  tell({ type: 'run', isBeside, ...(revisionFile && { revisionFile }) })
  const { revision } = await answer('warm', bootMilliseconds).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  const exchanges = countExchanges()
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64 })
  void ended.then(() => agent.destroy())
  const application: Application = {
    pid: child.pid ?? 0, revision, socketPath, agent, ended,
    async activate(publish) {
      tell({ type: 'activate', ...(publish && { publish }) })
      await answer('active', bootMilliseconds)
    },
    welcome: () => answer('ready', bootMilliseconds),
    async rest() {
      tell({ type: 'rest' })
      // One that does not answer is refused what it writes by the database.
      await Promise.race([nextMessage(child, 'resting'), ended, pause(restMilliseconds)])
    },
    resume: () => tell({ type: 'resume' }),
    unpublished: ({ message, status }) => tell({ type: 'unpublished', message, status }),
    ...exchanges,
    async retire(milliseconds) {
      await Promise.race([exchanges.idle(), ended, pause(milliseconds)])
      child.kill('SIGTERM')
      await Promise.race([ended, pause(milliseconds)])
      child.kill('SIGKILL')
      await ended
    },
  }
  child.on('message', (message: AppMessage) => {
    if (message.type === 'behind') onBehind(application)
    if (message.type === 'publish') onPublish(application, message)
    if (message.type === 'expect') onExpect()
  })
  return application
}

function countExchanges() {
  let writing = 0
  let open = 0
  const waiting = new Set<() => void>()
  const changed = () => { for (const look of [...waiting]) look() }
  const until = (isOver: () => boolean) => new Promise<void>((resolve) => {
    const look = () => {
      if (!isOver()) return
      waiting.delete(look)
      resolve()
    }
    waiting.add(look)
    look()
  })
  return {
    begin(): Exchange {
      let state: 'sending' | 'working' | 'answering' | 'closed' = 'sending'
      open++
      const answered = () => {
        if (state === 'working') writing--
        if (state !== 'closed') state = 'answering'
        changed()
      }
      return {
        sent: () => {
          if (state !== 'sending') return
          state = 'working'
          writing++
        },
        answered,
        closed: () => {
          if (state === 'closed') return
          answered()
          state = 'closed'
          open--
          changed()
        },
      }
    },
    quiet: async (milliseconds: number) => { await Promise.race([until(() => writing === 0), pause(milliseconds)]) },
    idle: () => until(() => open === 0),
  }
}

function nextMessage<Type extends AppMessage['type']>(child: ChildProcess, type: Type): Promise<AppMessage & { type: Type }> {
  return new Promise((resolve) => {
    const look = (message: AppMessage) => {
      if (message.type !== type) return
      child.off('message', look)
      resolve(message as AppMessage & { type: Type })
    }
    child.on('message', look)
  })
}

/** A socket of the file system that only this user may reach; on Windows a pipe. Names are short: paths of sockets may be. */
function socketIn(folder: string): string {
  const name = randomBytes(6).toString('hex')
  return process.platform === 'win32' ? `\\\\.\\pipe\\trellis-${name}` : path.join(folder, name)
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref())

const late = (milliseconds: number) => new Promise<never>((_, reject) => {
  setTimeout(() => reject(new ApplicationFailure(`The application process did not answer within ${milliseconds / 1000} s.`)), milliseconds).unref()
})
