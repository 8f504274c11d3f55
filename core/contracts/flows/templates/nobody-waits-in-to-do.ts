import type { FlowTemplate } from '../template.ts'

export const nobodyWaitsInToDo: FlowTemplate = {
  title: 'Back in To do, nobody is on it',
  why: 'A card that goes back is taken off everybody.',
  choices: { todo: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Back in To do, nobody is on it',
    trigger: { type: 'card.moved', with: { to: ['<todo>'] } },
    steps: [
      { id: 'now', type: 'card.read' },
      {
        id: 'some',
        type: 'branch',
        with: { cases: [{ id: 'yes', when: { field: 'steps.now.card.assignees', op: 'is set' } }] },
        blocks: {
          yes: [
            {
              id: 'each',
              type: 'for-each',
              with: { items: '{{ steps.now.card.assignees }}', skipFailures: true },
              blocks: {
                do: [{ id: 'off', type: 'card.unassign', with: { userId: '{{ loop.item }}' } }],
              },
            },
          ],
        },
      },
    ],
  },
}
