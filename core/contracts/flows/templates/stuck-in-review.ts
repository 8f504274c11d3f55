import type { FlowTemplate } from '../template.ts'

export const stuckInReview: FlowTemplate = {
  title: 'Stuck in review',
  why: 'What nobody reviews for two days becomes urgent, and somebody is told.',
  choices: { review: 'column', lead: 'member' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Stuck in review',
    trigger: { type: 'card.moved', with: { to: ['<review>'] } },
    steps: [
      { id: 'moves', type: 'wait-for-event', with: { event: 'card.moved', timeout: 'P2D' } },
      {
        id: 'stuck',
        type: 'branch',
        with: {
          cases: [{ id: 'yes', when: { field: 'steps.moves.happened', op: 'is', value: false } }],
        },
        blocks: {
          yes: [
            { id: 'raise', type: 'card.edit', with: { changes: { priority: 1 } } },
            {
              id: 'tell',
              type: 'comment.add',
              with: { text: 'In review for two days.', mentions: ['<lead>'] },
            },
          ],
        },
      },
    ],
  },
}
