// The steps of `npm run up`, see up.mjs. Builtins only until the dependencies are there.
import { fork } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBundles, ensureDependencies, ensurePanel } from './prepare.mjs'
import { Failure, root, stopPrograms, tell, tellAsJson, withProgress } from './steps.mjs'

export async function start() {
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (process.env.npm_lifecycle_event) stopWithParent()
  if (process.env.LOG_FORMAT === 'json') tellAsJson()
  try {
    await ensureDependencies()
    await ensureBundles()
    await checkSurroundings()
    await ensurePanel()
    welcome(await startApplication())
  } catch (error) {
    if (stopping) return
    tell(error instanceof Failure ? error.message : `Trellis could not start: ${String(error.message).split('\n')[0]}`, 'error')
    process.exit(1)
  }
}

let application = null
let stopping = false

async function stop() {
  if (stopping) return
  stopping = true
  tell('\nStopping …')
  await Promise.all([stopPrograms(), stopApplication()])
  process.exit(0)
}

/** npm ends at once when it is told to, and leaves what it runs behind: the platform would keep the port. */
function stopWithParent() {
  const parent = process.ppid
  setInterval(() => { if (process.ppid !== parent) void stop() }, 500).unref()
}

/** A bad setting or a taken port is told now, not after a minute of building. */
async function checkSurroundings() {
  const { findProblem, logsAsJson } = await import(pathToFileURL(path.join(root, 'build/check.mjs')).href)
  const problem = await findProblem(process.env)
  if (problem) throw new Failure(problem)
  if (logsAsJson(process.env)) tellAsJson()
}

function startApplication() {
  let isReady = false
  return withProgress('Starting', (relabel) => new Promise((resolve, reject) => {
    application = fork(path.join(root, 'build/front.mjs'), { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
    application.on('message', (message) => {
      if (message.type === 'progress') relabel(message.label)
      if (message.type === 'failed') reject(new Failure(message.message))
      if (message.type === 'ready') {
        isReady = true
        resolve(message)
      }
    })
    application.once('exit', (code, signal) => {
      application = null
      if (stopping) return
      const failure = new Failure(`The front process ended unexpectedly (${signal ?? `status ${code}`}): its last lines above say why.`)
      if (!isReady) return reject(failure)
      tell(failure.message, 'error')
      process.exit(1)
    })
  }))
}

function stopApplication() {
  if (!application) return
  return new Promise((resolve) => {
    application.once('exit', resolve)
    application.kill('SIGTERM')
  })
}

function welcome({ url, firm, logins, tryFirst }) {
  const width = Math.max(0, ...logins.map((login) => login.role.length))
  const demo = logins.map((login) => `    ${login.role.padEnd(width)}  ${login.email}  ${login.password}`)
  tell([
    '',
    firm ? `  Trellis of ${firm} is running at ${url}` : `  Trellis is running at ${url}`,
    ...(demo.length ? ['', '  Demo logins, one a role:', ...demo] : []),
    '',
    ...(demo.length ? ['  Try first:', ...tryFirst.map((line, index) => `    ${index + 1}. ${line}`)] : tryFirst.map((line) => `  ${line}`)),
    '',
    '  Ctrl-C stops it; `npm run up` starts it again in seconds.',
    '',
  ].join('\n'))
}
