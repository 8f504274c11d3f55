import type { FlowTemplate } from '../template.ts'

export const doneWhenTicked: FlowTemplate = {
  title: 'Done when all is ticked off',
  why: 'A card whose checklist is finished moves to Done by itself.',
  choices: { done: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Done when all is ticked off',
    trigger: { type: 'card.checklist_finished' },
    steps: [{ id: 'on', type: 'card.move', with: { columnId: '<done>' } }],
  },
}
