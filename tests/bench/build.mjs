// The bench's programs, bundled as the platform's are: what is measured runs as it does in production, without a loader.
import path from 'node:path'
import { build, stop } from 'esbuild'
import { root } from '../../admin/server/steps.mjs'

export async function buildBench() {
  await build({
    absWorkingDir: root,
    entryPoints: {
      run: 'tests/bench/run.ts', 'bare-front': 'tests/bench/bare/front.ts', 'bare-app': 'tests/bench/bare/app.ts',
      volume: 'tests/bench/volume-program.ts', import: 'tests/bench/import-program.ts',
      'workflow-volume': 'tests/bench/workflow-volume-program.ts', timers: 'tests/bench/timers-program.ts',
    },
    outdir: path.join('build', 'bench'),
    outExtension: { '.js': '.mjs' },
    bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', jsx: 'automatic', sourcemap: 'linked', logLevel: 'error',
  }).finally(stop)
}
