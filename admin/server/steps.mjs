// Long steps of the command line: run one at a time, show progress, end cleanly. Builtins only.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** A failure told in one sentence: printed as it stands, without a stack. */
export class Failure extends Error {}

let isJson = false

/** From now on every line is an object as in the log, unless someone looks on at a terminal. */
export function tellAsJson() {
  isJson = !process.stdout.isTTY
}

/** One line for people, or for what reads the log: a text of several lines becomes one. */
export function tell(text, level = 'info') {
  if (isJson) console.log(JSON.stringify({ level, time: new Date().toISOString(), pid: process.pid, hostname: hostname(), name: 'trellis', msg: text.trim().replace(/\s*\n\s*/g, ' ') }))
  else if (level === 'error') console.error(text)
  else console.log(text)
}

/**
 * Shows `label` with the elapsed time while `work` runs: a spinner on a terminal, else a line at the start and every
 * ten seconds. `work` gets a function that changes the label.
 */
export async function withProgress(label, work) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  let text = label
  const progress = process.stdout.isTTY ? spinner(() => `${text} … ${seconds()} s`) : lines(() => text, seconds)
  try {
    const result = await work((next) => { text = next; progress.changed() })
    progress.end(`${label}: done in ${seconds()} s`)
    return result
  } catch (error) {
    progress.end()
    throw error
  }
}

/**
 * Runs a program to its end with its output kept in `build/logs/<name>.log`.
 * The program gets a process group of its own, so that stopping it stops what it has started as well.
 * @throws Failure naming the log when it ends with another status than 0.
 */
export async function runProgram({ name, label, command, args, env = process.env }) {
  await withProgress(label, async () => {
    const { status, output } = await runToEnd({ command, args, env })
    if (status === 0) return
    const log = path.join(root, 'build', 'logs', `${name}.log`)
    mkdirSync(path.dirname(log), { recursive: true })
    writeFileSync(log, output)
    throw new Failure(`${label} failed with status ${status}${hint(output)}: the whole output is in ${log}.`)
  })
}

/** Ends what `runProgram` has started; resolves when all of it is gone. */
export async function stopPrograms() {
  await Promise.all([...running].map((child) => new Promise((resolve) => {
    child.once('close', resolve)
    killGroup(child, 'SIGTERM')
    setTimeout(() => killGroup(child, 'SIGKILL'), 5000).unref()
  })))
}

const running = new Set()

function runToEnd({ command, args, env }) {
  return new Promise((resolve, reject) => {
    const chunks = []
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' })
    running.add(child)
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (status) => {
      running.delete(child)
      resolve({ status, output: Buffer.concat(chunks).toString() })
    })
  })
}

function killGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** The first line of the output that reads like the cause. */
function hint(output) {
  const line = output.split('\n').find((text) => /error|cannot|failed|ENO|EACCES/i.test(text))
  return line ? ` (${line.trim().slice(0, 160)})` : ''
}

function spinner(text) {
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
  let frame = 0
  const draw = () => process.stdout.write(`\r\x1b[K${frames[frame++ % frames.length]} ${text()}`)
  const timer = setInterval(draw, 120)
  draw()
  return {
    changed: draw,
    end(done) {
      clearInterval(timer)
      process.stdout.write(done ? `\r\x1b[K✓ ${done}\n` : '\r\x1b[K')
    },
  }
}

function lines(text, seconds) {
  tell(`${text()} …`)
  const timer = setInterval(() => tell(`${text()} … ${seconds()} s`), 10_000)
  return {
    changed: () => tell(`${text()} …`),
    end(done) {
      clearInterval(timer)
      if (done) tell(done)
    },
  }
}
