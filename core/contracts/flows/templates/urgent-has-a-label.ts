import type { FlowTemplate } from '../template.ts'

export const urgentHasALabel: FlowTemplate = {
  title: 'Urgent has a label',
  why: 'Whatever becomes urgent is labelled, and the label goes when it no longer is.',
  choices: { urgent: 'label' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Urgent has a label',
    trigger: { type: 'card.changed', with: { fields: ['priority'] } },
    steps: [
      { id: 'now', type: 'card.read' },
      {
        id: 'high',
        type: 'branch',
        with: {
          cases: [{ id: 'yes', when: { field: 'steps.now.card.priority', op: 'is', value: 1 } }],
        },
        blocks: {
          yes: [{ id: 'mark', type: 'card.label', with: { labelId: '<urgent>' } }],
          else: [{ id: 'unmark', type: 'card.unlabel', with: { labelId: '<urgent>' } }],
        },
      },
    ],
  },
}
