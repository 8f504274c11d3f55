import type { FlowTemplate } from '../template.ts'

export const whoeverStartsHasIt: FlowTemplate = {
  title: 'Whoever starts a card has it',
  why: 'A card nobody is on is given to whoever moves it to Doing.',
  choices: { doing: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Whoever starts a card has it',
    trigger: { type: 'card.moved', with: { to: ['<doing>'] } },
    steps: [
      { id: 'now', type: 'card.read' },
      {
        id: 'free',
        type: 'branch',
        with: {
          cases: [{ id: 'yes', when: { field: 'steps.now.card.assignees', op: 'is empty' } }],
        },
        blocks: {
          yes: [{ id: 'take', type: 'card.assign', with: { userId: '{{ trigger.actorId }}' } }],
        },
      },
    ],
  },
}
