import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const ELSEWHERE = ['**/node_modules/**', 'ui/**', 'tests/{house,start,chaos,e2e,bench}/**']
const COMPONENTS = 'tests/support/components.ts'

/** The end of a file's name, or its folder, chooses the project it runs in. */
export default defineConfig({
  test: {
    // Tests wait for Postgres more than they compute; one less than the cores would be one.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...ELSEWHERE, '**/*.{db,workflow}.test.ts'],
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'ui',
          include: ['ui/{src,code-editor}/**/*.test.ts'],
          environment: 'jsdom',
          pool: 'vmThreads',
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: ELSEWHERE,
          globalSetup: COMPONENTS,
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'workflow',
          include: ['**/*.workflow.test.ts'],
          exclude: ELSEWHERE,
          globalSetup: COMPONENTS,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: 'house',
          include: ['tests/house/*.test.ts'],
          // They parse every file there is.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'start',
          include: ['tests/start/*.test.ts'],
          globalSetup: COMPONENTS,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
          // Last, and one at a time: each of these keeps a whole installation busy.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['tests/chaos/*.test.ts'],
          globalSetup: COMPONENTS,
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
