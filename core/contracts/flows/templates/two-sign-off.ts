import type { FlowTemplate } from '../template.ts'

export const twoSignOff: FlowTemplate = {
  title: 'Two sign off',
  why: 'Two people have to agree; after a day the owners are asked as well.',
  choices: { review: 'column', done: 'column', first: 'member', second: 'member' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Two sign off',
    trigger: { type: 'card.moved', with: { to: ['<review>'] } },
    steps: [
      {
        id: 'ask',
        type: 'approval',
        with: {
          to: ['<first>', '<second>'],
          min: 2,
          question: 'Release «{{ card.title }}»?',
          timeout: 'P3D',
          escalate: { after: 'P1D', to: ['role:owner'] },
        },
      },
      {
        id: 'answer',
        type: 'branch',
        with: {
          cases: [{ id: 'yes', when: { cel: 'steps.ask.approved && !steps.ask.timedOut' } }],
        },
        blocks: {
          yes: [
            { id: 'on', type: 'card.move', with: { columnId: '<done>' } },
            {
              id: 'tell',
              type: 'comment.add',
              with: { text: 'Signed off by {{ steps.ask.by | size }}.' },
            },
          ],
          else: [{ id: 'no', type: 'comment.add', with: { text: 'Not signed off.' } }],
        },
      },
    ],
  },
}
