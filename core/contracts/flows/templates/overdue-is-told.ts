import type { FlowTemplate } from '../template.ts'

export const overdueIsTold: FlowTemplate = {
  title: 'Overdue is told',
  why: 'Who is on a card that is overdue reads it in a comment.',
  choices: {},
  flow: {
    schema: 'pf.flow/1',
    name: 'Overdue is told',
    trigger: { type: 'card.overdue' },
    steps: [
      { id: 'now', type: 'card.read' },
      {
        id: 'tell',
        type: 'comment.add',
        with: {
          text: 'This was due on {{ steps.now.card.dueOn }}.',
          mentions: '{{ steps.now.card.assignees }}',
        },
      },
    ],
  },
}
