import type { FlowTemplate } from '../template.ts'

export const prepareAndTakeBack: FlowTemplate = {
  title: 'Prepare, and take back on no',
  why: 'Everything is prepared while somebody thinks; on no it is as it was before.',
  choices: { review: 'column', doing: 'column', release: 'label', lead: 'member' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Prepare, and take back on no',
    trigger: { type: 'card.moved', with: { to: ['<review>'] } },
    steps: [
      {
        id: 'mark',
        type: 'card.label',
        with: { labelId: '<release>' },
        blocks: { undo: [{ id: 'unmark', type: 'card.unlabel', with: { labelId: '<release>' } }] },
      },
      { id: 'list', type: 'checklist.add', with: { text: 'Write the notes' } },
      {
        id: 'ask',
        type: 'approval',
        with: { to: ['<lead>'], question: 'Release «{{ card.title }}»?', timeout: 'P2D' },
      },
      {
        id: 'answer',
        type: 'branch',
        with: {
          cases: [{ id: 'yes', when: { field: 'steps.ask.approved', op: 'is', value: false } }],
        },
        blocks: {
          yes: [
            { id: 'back', type: 'compensate' },
            { id: 'return', type: 'card.move', with: { columnId: '<doing>' } },
            {
              id: 'tell',
              type: 'comment.add',
              with: { text: 'Took back {{ steps.back.count }}.' },
            },
          ],
        },
      },
    ],
  },
}
