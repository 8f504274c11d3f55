import type { FlowTemplate } from '../template.ts'

export const tidyDone: FlowTemplate = {
  title: 'Tidy up Done',
  why: 'Each night what has not been touched for a month is put away.',
  choices: { done: 'column', board: 'board' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Tidy up Done',
    trigger: { type: 'schedule', with: { cron: '0 3 * * *', timeZone: 'Europe/Vienna' } },
    steps: [
      {
        id: 'old',
        type: 'cards.find',
        with: { boardId: '<board>', columnId: '<done>', untouchedForDays: 30, max: 500 },
      },
      {
        id: 'each',
        type: 'for-each',
        with: { items: '{{ steps.old.cardIds }}', skipFailures: true },
        blocks: { do: [{ id: 'away', type: 'card.archive', with: { target: '{{ loop.item }}' } }] },
      },
    ],
  },
}
