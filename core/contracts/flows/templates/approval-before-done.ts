import type { FlowTemplate } from '../template.ts'

export const approvalBeforeDone: FlowTemplate = {
  title: 'Approval before Done',
  why: 'Somebody says yes before a card is done; on no, or after two days, it goes back.',
  choices: { review: 'column', doing: 'column', done: 'column', lead: 'member' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Approval before Done',
    trigger: { type: 'card.moved', with: { to: ['<review>'] } },
    steps: [
      {
        id: 'ask',
        type: 'approval',
        with: { to: ['<lead>'], question: 'Is «{{ card.title }}» done?', timeout: 'P2D' },
      },
      {
        id: 'answer',
        type: 'branch',
        with: {
          cases: [{ id: 'yes', when: { field: 'steps.ask.approved', op: 'is', value: true } }],
        },
        blocks: {
          yes: [{ id: 'on', type: 'card.move', with: { columnId: '<done>' } }],
          else: [
            { id: 'back', type: 'card.move', with: { columnId: '<doing>' } },
            {
              id: 'why',
              type: 'comment.add',
              with: { text: 'Sent back. {{ steps.ask.comment }}' },
            },
          ],
        },
      },
    ],
  },
}
