/**
 * Who may import whom, as data: the lint rule in boundaries.ts reads it.
 *
 * Sources and targets are globs over paths of the repository. `node:*` stands for what Node
 * brings, `npm:<name>` for a package. The first row that matches a file decides.
 */
export type Arrow = {
  from: readonly string[]
  /** What the file may import. */
  may: readonly string[]
  /** What it may import with `import type` besides. */
  mayTypes?: readonly string[]
  /** What to do instead, said to whoever meets the wall. */
  door: string
}

const PACKAGES = ['npm:*', 'npm:*/*'] as const
const ANY_PACKAGE = ['node:*', 'node:*/*', ...PACKAGES] as const
const READS = ['activities/*/queries.ts'] as const

export const ARROWS: readonly Arrow[] = [
  {
    from: ['tests/bench/floors/**'],
    may: ['tests/bench/floors/**', ...ANY_PACKAGE],
    door: 'A floor imports nothing of the product: it is what the product is measured against.',
  },
  {
    from: ['**/*.test.ts', 'tests/**', '*.config.ts'],
    may: ['**'],
    door: 'Tests may import everything.',
  },
  {
    from: ['core/kernel/**'],
    may: ['core/kernel/**'],
    door: 'The kernel is pure and imports nothing: take what you need as an argument.',
  },
  {
    from: ['core/flows/**'],
    may: ['core/flows/**', 'core/kernel/**', 'npm:@marcbachmann/cel-js'],
    mayTypes: ['core/contracts/**'],
    door: 'The pure parts of the flow language are shared with workflows: take the rest as an argument.',
  },
  {
    from: ['core/contracts/publish.ts'],
    may: ['core/contracts/**', 'node:*', 'node:*/*'],
    door: 'Only publish.ts writes files; what they say is made in published.ts.',
  },
  {
    from: ['core/contracts/**'],
    may: ['core/contracts/**', 'core/flows/**', 'core/kernel/**', 'npm:zod'],
    door: 'Contracts know the kernel and zod only: code that does things lives in activities/.',
  },
  {
    from: ['core/platform/**'],
    may: ['core/platform/**', 'core/kernel/**', ...ANY_PACKAGE],
    mayTypes: ['core/contracts/**'],
    door: 'The platform knows the kernel and packages: let the caller pass the rest in.',
  },
  {
    from: [
      'engine/card-actions.ts',
      'engine/{workflows,automation-workflows,automation-signals}.ts',
      'engine/activities.ts',
      'engine/{jobs,nodes}/**',
    ],
    may: [
      'engine/{card-actions,workflows,activities,automation-signals}.ts',
      'engine/{jobs,nodes}/**',
      'core/{flows,kernel}/**',
      'npm:@temporalio/workflow',
    ],
    mayTypes: ['core/contracts/**', 'activities/**', 'npm:@temporalio/*'],
    door:
      'A workflow is deterministic and small: import types of contracts and activities, the ' +
      'kernel and @temporalio/workflow; do everything else in an activity.',
  },
  {
    from: ['engine/{worker,card-actions-worker,automation-worker}.ts'],
    may: [
      'engine/**',
      'core/**',
      'migrations/schema.ts',
      'activities/*/index.ts',
      'activities/*.ts',
      'activities/audit/{process-settings,record}.ts',
      'activities/keys/known-keys.ts',
      ...ANY_PACKAGE,
    ],
    door: 'The worker hosts the index.ts of a module: export what it needs from there.',
  },
  {
    from: ['engine/**'],
    may: ['engine/**', 'core/**', ...READS, ...ANY_PACKAGE],
    mayTypes: ['activities/**'],
    door: 'Only the workers host activities: call them through engine/activities.ts.',
  },
  {
    from: ['activities/*.ts'],
    may: ['activities/**', 'core/**', 'engine/client.ts', ...ANY_PACKAGE],
    door: 'The lists of activities/ know the modules, core/ and engine/client.ts.',
  },
  ...modules(
    'actions auth rbac projects kanban texts files notifications search automation ai browser-pool audit keys mail ' +
      'observability',
  ),
  {
    from: ['activities/**'],
    may: [],
    door: 'A new module starts with its name in tests/house/arrows.ts.',
  },
  {
    from: ['api/{server,probes}.ts'],
    may: [
      'api/**',
      'core/**',
      'engine/{client,connect,run-control,card-actions-worker,data-converter}.ts',
      ...READS,
      'activities/auth/{sessions,ended-sessions,api-tokens,api-token-text}.ts',
      'activities/auth/{second-step,totp-code,password,password-reset,password-rules,set-password}.ts',
      'activities/auth/identities.ts',
      'activities/auth/{profile,sign-up,change-email,create-user}.ts',
      'activities/notifications/{read-marks,settings,unsubscribe-token}.ts',
      'activities/audit/{denials,process-settings,reads,record}.ts',
      'activities/files/receive-file.ts',
      'activities/rbac/{change-member,change-roles,change-project-role,create-workspace,change-workspace}.ts',
      'activities/rbac/{invite-people,inviting,change-invitation,accept-invitation}.ts',
      'activities/keys/known-keys.ts',
      'activities/files/{sweep-incoming,stores/open-store,scanners/open-scanner}.ts',
      'activities/automation/{create-flow,save-draft,publish-flow,change-flow,change-comments}.ts',
      'activities/automation/{run-again,record-answer,request-flow,webhook-signature,send-again}.ts',
      'activities/automation/{look-soon,keep-secret,remove-secret,egress-hosts,project-line,hook-secret}.ts',
      'activities/{jobs,webhooks,queues,mail-queue}.ts',
      'migrations/schema.ts',
      ...ANY_PACKAGE,
    ],
    door: 'The API reads through activities/*/queries.ts and writes by starting a workflow.',
  },
  {
    from: ['api/**'],
    may: [
      'api/**',
      'core/**',
      'engine/{client,run-control,payload-codec}.ts',
      ...READS,
      'activities/auth/{sessions,ended-sessions,api-tokens,api-token-text}.ts',
      'activities/auth/{second-step,totp-code,password,password-reset,password-rules,set-password}.ts',
      'activities/auth/identities.ts',
      'activities/auth/{profile,sign-up,change-email,create-user}.ts',
      'activities/notifications/{read-marks,settings,unsubscribe-token}.ts',
      'activities/files/receive-file.ts',
      'activities/audit/{denials,reads,record}.ts',
      'activities/rbac/{change-member,change-roles,change-project-role,create-workspace,change-workspace}.ts',
      'activities/rbac/{invite-people,inviting,change-invitation,accept-invitation}.ts',
      'activities/automation/{create-flow,save-draft,publish-flow,change-flow,change-comments}.ts',
      'activities/automation/{run-again,record-answer,request-flow,webhook-signature,send-again}.ts',
      'activities/automation/{look-soon,keep-secret,remove-secret,egress-hosts,project-line,hook-secret}.ts',
      'activities/{jobs,webhooks,queues,mail-queue}.ts',
      ...ANY_PACKAGE,
    ],
    door: 'The API reads through activities/*/queries.ts and writes through engine/client.ts.',
  },
  {
    from: ['collab/server.ts'],
    may: [
      'collab/**',
      'core/**',
      'migrations/schema.ts',
      'activities/keys/queries.ts',
      ...ANY_PACKAGE,
    ],
    door: 'The process of collab knows collab, core/, and what the schema and the keys should be.',
  },
  {
    from: ['collab/**'],
    may: [
      'collab/**',
      'core/**',
      'engine/client.ts',
      'activities/auth/ended-sessions.ts',
      ...READS,
      ...ANY_PACKAGE,
    ],
    door: 'Collab reads through activities/*/queries.ts and writes only its own store.',
  },
  {
    from: ['browser-pool/**'],
    may: ['browser-pool/**', 'core/**', 'activities/browser-pool/*.ts', ...ANY_PACKAGE],
    door: 'The pool knows core/ and activities/browser-pool/.',
  },
  {
    from: ['ui/build/**', 'ui/vite.config.ts'],
    may: ['ui/build/**', ...ANY_PACKAGE],
    door: 'The build of the UI knows none of its code: it works on what comes out.',
  },
  {
    from: ['ui/**'],
    may: ['ui/**', 'core/{contracts,flows,kernel}/**', ...PACKAGES, 'virtual:*'],
    door: 'The browser knows contracts and the kernel; the rest is behind the API.',
  },
  {
    from: ['migrations/{logins,migrate}.ts'],
    may: ['migrations/**', 'core/platform/{context-key,secret-files}.ts', ...ANY_PACKAGE],
    door: 'The command reads its settings as servers do, and of them knows only how they sign.',
  },
  {
    from: ['migrations/**'],
    may: ['migrations/**', ...ANY_PACKAGE],
    door: 'A migration imports nothing of the product: today’s code changes, history does not.',
  },
  {
    from: ['start/demo/**'],
    may: ['start/**', 'core/**', 'engine/client.ts', ...READS, ...ANY_PACKAGE],
    door: 'The demo speaks to the product as a client does.',
  },
  {
    from: ['docs/**'],
    may: ['start/parts/chromium.ts', ...ANY_PACKAGE],
    door: 'Pictures are taken of the running product, from outside.',
  },
  {
    from: ['start/**'],
    may: ['start/**', 'core/{kernel,platform}/**', ...ANY_PACKAGE],
    door: 'The starter runs servers as processes of their own and knows none of their code.',
  },
]

/** A module of activities/ may use its own folder, core/ and the reads of its neighbours. */
function modules(names: string): Arrow[] {
  return names.split(' ').map((name) => ({
    from: [`activities/${name}/**`],
    may: [`activities/${name}/**`, 'core/**', ...READS, ...ANY_PACKAGE],
    door: 'A module reads its neighbours through their queries.ts and never writes their tables.',
  }))
}
