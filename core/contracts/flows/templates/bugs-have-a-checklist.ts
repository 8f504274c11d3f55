import type { FlowTemplate } from '../template.ts'

export const bugsHaveAChecklist: FlowTemplate = {
  title: 'Bugs have a checklist',
  why: 'What is labelled as a bug gets the steps every bug needs.',
  choices: { bug: 'label' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Bugs have a checklist',
    trigger: { type: 'card.labelled', with: { labelIds: ['<bug>'] } },
    steps: [
      {
        id: 'steps',
        type: 'for-each',
        with: {
          items: ['Reproduce it', 'Write a failing test', 'Mend it', 'Tell who reported it'],
        },
        blocks: { do: [{ id: 'add', type: 'checklist.add', with: { text: '{{ loop.item }}' } }] },
      },
    ],
  },
}
