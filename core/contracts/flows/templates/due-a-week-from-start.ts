import type { FlowTemplate } from '../template.ts'

export const dueAWeekFromStart: FlowTemplate = {
  title: 'Due a week from the start',
  why: 'A card that is begun without a day gets one.',
  choices: { doing: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Due a week from the start',
    trigger: { type: 'card.moved', with: { to: ['<doing>'] } },
    steps: [
      { id: 'now', type: 'card.read' },
      {
        id: 'open',
        type: 'branch',
        with: { cases: [{ id: 'yes', when: { field: 'steps.now.card.dueOn', op: 'is empty' } }] },
        blocks: {
          yes: [
            {
              id: 'day',
              type: 'card.edit',
              with: { changes: { dueOn: '{{ now | plus: P7D | date }}' } },
            },
          ],
        },
      },
    ],
  },
}
