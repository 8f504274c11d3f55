import type { FlowTemplate } from '../template.ts'

export const splitByButton: FlowTemplate = {
  title: 'Split by a button',
  why: 'A button makes the usual parts of a piece of work into cards.',
  choices: { todo: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Split by a button',
    trigger: { type: 'button.card', with: { label: 'Split' } },
    steps: [
      {
        id: 'parts',
        type: 'cards.create',
        with: { columnId: '<todo>', titles: ['Design', 'Build', 'Test', 'Release'] },
      },
      { id: 'tell', type: 'comment.add', with: { text: 'Made {{ steps.parts.count }} cards.' } },
    ],
  },
}
