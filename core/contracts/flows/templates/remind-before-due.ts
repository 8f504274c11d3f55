import type { FlowTemplate } from '../template.ts'

export const remindBeforeDue: FlowTemplate = {
  title: 'Remind two days ahead',
  why: 'A comment two days before a card is due.',
  choices: {},
  flow: {
    schema: 'pf.flow/1',
    name: 'Remind two days ahead',
    trigger: { type: 'card.due_soon', with: { days: 2 } },
    steps: [
      { id: 'now', type: 'card.read' },
      {
        id: 'tell',
        type: 'comment.add',
        with: {
          text: 'Due on {{ steps.now.card.dueOn }}.',
          mentions: '{{ steps.now.card.assignees }}',
        },
      },
    ],
  },
}
