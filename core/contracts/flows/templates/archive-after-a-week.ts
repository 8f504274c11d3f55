import type { FlowTemplate } from '../template.ts'

export const archiveAfterAWeek: FlowTemplate = {
  title: 'Archive after a week',
  why: 'What has been in Done for a week is put away, unless it was taken out again.',
  choices: { done: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Archive after a week',
    trigger: { type: 'card.moved', with: { to: ['<done>'] } },
    steps: [
      { id: 'week', type: 'wait', with: { for: 'P7D' } },
      { id: 'now', type: 'card.read' },
      {
        id: 'still',
        type: 'branch',
        with: {
          cases: [
            { id: 'yes', when: { field: 'steps.now.card.columnId', op: 'is', value: '<done>' } },
          ],
        },
        blocks: { yes: [{ id: 'away', type: 'card.archive' }] },
      },
    ],
  },
}
