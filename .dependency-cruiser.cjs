/*
 * The import directions of the architecture:
 * config/language <- collections, workflows <- plugins <- config/payload.config.ts <- admin
 */
const compositionRoot = '^config/(payload\\.config\\.ts|plugins\\.ts|demo/)'
const pureEngines = '^(workflows/engine|plugins/[^/]+/engine|config/language|config/expression)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'language-stands-alone',
      comment: 'config/language is what everything meets through: it sees nothing of ours but itself.',
      severity: 'error',
      from: { path: '^config/language/' },
      to: { path: '^(config|collections|workflows|plugins|admin|tests)/', pathNot: '^config/language/' },
    },
    {
      name: 'config-below-the-root',
      comment: 'Only the composition root (config/payload.config.ts, its list of plugins, and the demo firm that works with all of them) sees collections, workflows and plugins.',
      severity: 'error',
      from: { path: '^config/', pathNot: compositionRoot },
      to: { path: ['^(collections|workflows|plugins|admin|tests)/', compositionRoot] },
    },
    {
      name: 'collections-are-shapes',
      comment: 'Collections see the configuration language only; they meet workflows by slug.',
      severity: 'error',
      from: { path: '^collections/' },
      to: { path: ['^(workflows|plugins|admin|tests)/', compositionRoot] },
    },
    {
      name: 'workflows-are-definitions',
      comment: 'Workflows see the configuration language only; they meet collections by slug.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: ['^(collections|plugins|admin|tests)/', compositionRoot] },
    },
    {
      name: 'plugins-below-the-root',
      comment: 'Plugins see neither the composition root nor the panel.',
      severity: 'error',
      from: { path: '^plugins/' },
      to: { path: ['^(admin|tests)/', compositionRoot] },
    },
    {
      name: 'plugins-do-not-meet',
      comment: 'Systems meet through events, slugs and the services of plugins/core, never by import.',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/' },
      to: { path: '^plugins/', pathNot: '^plugins/($1|core)/' },
    },
    {
      name: 'root-below-the-panel',
      comment: 'The composition root names panel components by path, it does not import them.',
      severity: 'error',
      from: { path: compositionRoot },
      to: { path: '^(admin|tests)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(config|collections|workflows|plugins|admin)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'engines-are-pure',
      comment: 'Pure engines run in the browser and in workers: no Payload, React, database or Node module, and of ours only other pure code.',
      severity: 'error',
      from: { path: pureEngines },
      to: { path: '^node_modules/(payload|@payloadcms|react|react-dom|next|mongodb|mongoose|@libsql|drizzle-orm)(/|$)' },
    },
    {
      name: 'engines-without-node',
      severity: 'error',
      from: { path: pureEngines },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engines-see-engines',
      severity: 'error',
      from: { path: '^(workflows/engine|plugins/[^/]+/engine)/' },
      to: { path: '^(config|collections|workflows|plugins|admin)/', pathNot: pureEngines },
    },
    {
      name: 'one-importer-of-xstate',
      severity: 'error',
      from: { path: '^(config|collections|workflows|plugins|admin)/', pathNot: '^workflows/engine/' },
      to: { path: '^node_modules/xstate/' },
    },
    {
      name: 'drivers-behind-the-port',
      comment: 'A database driver is touched by the adapters, the data port and the start check only.',
      severity: 'error',
      from: { path: '^(config|collections|workflows|plugins|admin)/', pathNot: '^(config/(database\\.ts|sqlite/|mongodb/)|plugins/core/data/|admin/server/check\\.ts)' },
      to: { path: '^node_modules/(mongodb|mongoose|@libsql|libsql|drizzle-orm|drizzle-kit)/', dependencyTypesNot: ['type-only'] },
    },
    // A warning: it does not fail, and it tells where a module could be split.
    { name: 'no-circles', severity: 'warn', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    // Our own modules; packages (whose types may stand in another, @types/…) are the compiler's to find.
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, path: '^\\.', pathNot: '\\.css$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|build)/|next-env\\.d\\.ts|^tests/core/fixtures/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'] },
  },
}
