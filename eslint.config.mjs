import tseslint from 'typescript-eslint'

const frameworkFiles = ['admin/app/**', '**/*.config.{ts,mjs}', 'config/payload.config.ts']

const relativeWithExtension = {
  regex: '^\\.{1,2}/(?!.*\\.(ts|tsx|js|mjs|css|json)$)',
  message: 'Write the file extension of our own modules.',
}
const noAlias = { regex: '^(@/|@payload-config)', message: 'Import our own modules by a relative path.' }

export default tseslint.config(
  { ignores: ['**/.next/**', 'build/**', 'data/**', 'node_modules/**', 'admin/next-env.d.ts', 'config/generated/**', 'admin/app/(payload)/admin/importMap.js'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-params': ['error', 4],
      'no-restricted-imports': ['error', { patterns: [relativeWithExtension, noAlias] }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // Property tests take one argument a generator.
  { files: ['tests/**'], rules: { 'max-params': 'off' } },
  { files: frameworkFiles, rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.mjs'], rules: { 'no-var': 'error', 'prefer-const': 'error', 'no-undef': 'off', eqeqeq: ['error', 'always', { null: 'ignore' }] } },
)
