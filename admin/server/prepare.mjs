// What must be there before anything runs: dependencies, bundles, the built panel. Builtins only until they are.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure, root, runProgram, withProgress } from './steps.mjs'

/** Installs the locked dependencies unless every one of them is there in its version. */
export async function ensureDependencies() {
  if (areDependenciesInstalled()) return
  // Run by npm itself when npm runs us: on Windows "npm" alone is a script that cannot be spawned.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  await runProgram({
    name: 'install',
    label: 'Installing the locked dependencies (once, about a minute)',
    command: npm[0],
    args: [...npm.slice(1), 'ci', '--ignore-scripts', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund'],
  })
}

/** Bundles the server programs when a source has changed since, or `always`. */
export async function ensureBundles({ always = false } = {}) {
  const hash = hashSources()
  if (!always && isFresh('bundles', hash)) return
  await buildBundles()
  markFresh('bundles', hash)
}

/** Builds the panel when a source has changed since, or `always`. */
export async function ensurePanel({ always = false } = {}) {
  const hash = hashSources()
  if (!always && existsSync(path.join(root, 'admin/.next/BUILD_ID')) && isFresh('stamp', hash)) return
  await buildPanel()
  markFresh('stamp', hash)
}

async function buildBundles() {
  const { build, stop } = await import('esbuild')
  mkdirSync(path.join(root, 'build'), { recursive: true })
  await withProgress('Bundling the server', () => build({
    absWorkingDir: root,
    entryPoints: { front: 'admin/front/main.ts', app: 'admin/server/app.ts', check: 'admin/server/check.ts', cli: 'admin/server/cli.ts' },
    outdir: 'build',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    sourcemap: 'linked',
    logLevel: 'silent',
  })).catch((error) => {
    const first = error.errors?.[0]
    throw new Failure(`Bundling the server failed: ${first ? `${first.text} at ${first.location?.file}:${first.location?.line}` : error.message}.`)
  }).finally(stop)
}

async function buildPanel() {
  rmSync(path.join(root, 'build/stamp'), { force: true })
  await runProgram({
    name: 'panel',
    label: 'Building the panel (once, about a minute)',
    command: process.execPath,
    args: ['node_modules/next/dist/bin/next', 'build', 'admin'],
    env: buildEnvironment(),
  })
}

/** A build depends on the sources only: no setting of this machine gets into it, and it writes no data. */
function buildEnvironment() {
  const own = /^(TRELLIS_.*|DATABASE_URL|PUBLIC_URL|PORT|HOST|TRUSTED_PROXIES|BODY_LIMIT_MB|UPLOAD_LIMIT_MB|RATE_LIMIT_.*|OWNER_.*|LOG_LEVEL|NODE_ENV|NODE_OPTIONS)$/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
  return {
    ...env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    TRELLIS_MODE: 'demo',
    TRELLIS_SECRET: 'never used: nothing is signed while building',
    DATA_DIR: path.join(root, 'build', 'data'),
  }
}

/** npm keeps what it has installed in a hidden lock file, written last: compared with ours, it also tells an interrupted install. */
function areDependenciesInstalled() {
  try {
    const wanted = readPackages('package-lock.json')
    const installed = readPackages('node_modules/.package-lock.json')
    return Object.entries(wanted).every(([folder, entry]) =>
      folder === '' || entry.optional || installed[folder]?.version === entry.version)
  } catch {
    return false
  }
}

function readPackages(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
}

const sourceFolders = ['config', 'collections', 'workflows', 'plugins', 'admin']
const sourceFiles = ['package.json', 'package-lock.json', 'tsconfig.json']

function hashSources() {
  const hash = createHash('sha256')
  for (const file of [...sourceFiles, ...sourceFolders.flatMap(filesBelow)].sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file))).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!existsSync(path.join(root, folder))) return []
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (entry.name === '.next' || entry.name === 'next-env.d.ts') return []
    return entry.isDirectory() ? filesBelow(file) : [file]
  })
}

function isFresh(name, hash) {
  try {
    return readFileSync(path.join(root, 'build', name), 'utf8') === hash
  } catch {
    return false
  }
}

function markFresh(name, hash) {
  writeFileSync(path.join(root, 'build', name), hash)
}
