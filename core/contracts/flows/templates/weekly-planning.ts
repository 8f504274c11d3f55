import type { FlowTemplate } from '../template.ts'

export const weeklyPlanning: FlowTemplate = {
  title: 'Weekly planning',
  why: 'Each Monday at nine a card for the week is there.',
  choices: { todo: 'column', board: 'board' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Weekly planning',
    trigger: { type: 'schedule', with: { cron: '0 9 * * 1', timeZone: 'Europe/Vienna' } },
    steps: [
      {
        id: 'plan',
        type: 'card.create',
        with: { target: '<board>', columnId: '<todo>', title: 'Plan the week of {{ now | date }}' },
      },
    ],
  },
}
