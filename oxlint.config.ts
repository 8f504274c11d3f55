import { defineConfig } from 'oxlint'

/** What only a server has; a workflow that touches one of these cannot be replayed. */
const FORBIDDEN_IN_WORKFLOWS = ['process', 'fetch', 'Buffer', 'setImmediate', 'performance']

/** What comes later than its page has one home, which fetches it ahead and tells when it is away. */
const LATER = {
  paths: [
    {
      name: 'vue',
      importNames: ['defineAsyncComponent'],
      message: 'Use laterComponent, in ui/src/shell/parts.ts.',
    },
  ],
}

const READS_ENVIRONMENT = [
  'core/platform/config.ts',
  'migrations/migrate.ts',
  'start/**',
  'tests/**',
  '**/vite.config.ts',
]

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'promise', 'vitest', 'vue'],
  jsPlugins: ['./tests/house/boundaries.ts'],
  categories: { correctness: 'error' },
  options: {
    typeAware: true,
    typeCheck: true,
    denyWarnings: true,
    reportUnusedDisableDirectives: 'error',
  },
  ignorePatterns: ['**/dist/**', 'ui/dist.new/**', 'core/contracts/published/**'],
  rules: {
    'house/boundaries': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'node/no-process-env': 'error',
    'no-console': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'no-var': 'error',
    'prefer-const': 'error',
    'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true },
    ],
    'typescript/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
    // Code points are what we cut a text by.
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    // Types that list functions as methods would make every destructuring an error.
    'typescript/unbound-method': 'off',
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
    // A test may assert through a helper of its own, and a table may hold cases that differ.
    'vitest/expect-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    // The second argument says which of many it was.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
  },
  overrides: [
    {
      files: [
        'engine/{card-actions,workflows,automation-workflows,automation-signals}.ts',
        'engine/{jobs,nodes}/**',
      ],
      rules: { 'no-restricted-globals': ['error', ...FORBIDDEN_IN_WORKFLOWS] },
    },
    { files: ['ui/src/**'], rules: { 'no-restricted-imports': ['error', LATER] } },
    { files: READS_ENVIRONMENT, rules: { 'node/no-process-env': 'off' } },
    {
      // Tools read these as default exports, and a Vue component is one.
      files: ['**/*.config.ts', '**/*.vue', 'tests/house/boundaries.ts', '**/*.d.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      // Playwright asks for both.
      files: ['tests/e2e/**'],
      rules: { 'import/no-default-export': 'off', 'no-empty-pattern': 'off' },
    },
    { files: ['start/**', 'migrations/migrate.ts', 'tests/**'], rules: { 'no-console': 'off' } },
  ],
})
