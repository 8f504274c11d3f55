import type { FlowTemplate } from '../template.ts'

export const followUpCard: FlowTemplate = {
  title: 'A card to follow up',
  why: 'For each card that is done another one asks, in a month, whether it worked.',
  choices: { done: 'column', todo: 'column' },
  flow: {
    schema: 'pf.flow/1',
    name: 'A card to follow up',
    trigger: { type: 'card.moved', with: { to: ['<done>'] } },
    limits: { runsFor: 'P60D' },
    steps: [
      { id: 'month', type: 'wait', with: { for: 'P30D' } },
      {
        id: 'ask',
        type: 'card.create',
        with: { columnId: '<todo>', title: 'Did «{{ card.title | cut: 120 }}» work?' },
      },
    ],
  },
}
