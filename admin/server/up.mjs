// `npm run up`: from a fresh clone to a running platform. Builtins only, and plain enough for an old Node to read this
// far, so that the wrong version is told in one sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error('Trellis needs Node 20.19 or newer and this is Node ' + process.versions.node + ': install a newer one from https://nodejs.org and run `npm run up` again.')
  process.exit(1)
}
import('./start.mjs').then((start) => start.start())
