import type { FlowTemplate } from '../template.ts'

export const definitionOfDone: FlowTemplate = {
  title: 'Definition of done',
  why: 'Every new card begins with what has to be true of it in the end.',
  choices: {},
  flow: {
    schema: 'pf.flow/1',
    name: 'Definition of done',
    trigger: { type: 'card.created' },
    steps: [
      { id: 'tests', type: 'checklist.add', with: { text: 'Tested' } },
      { id: 'docs', type: 'checklist.add', with: { text: 'Documented' } },
      { id: 'seen', type: 'checklist.add', with: { text: 'Seen by somebody else' } },
    ],
  },
}
