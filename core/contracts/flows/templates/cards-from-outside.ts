import type { FlowTemplate } from '../template.ts'

export const cardsFromOutside: FlowTemplate = {
  title: 'Cards from outside',
  why: 'What comes in by webhook becomes a card.',
  choices: { todo: 'column', board: 'board' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Cards from outside',
    trigger: { type: 'webhook' },
    steps: [
      {
        id: 'titled',
        type: 'branch',
        with: {
          cases: [
            {
              id: 'yes',
              when: {
                all: [
                  { field: 'trigger.body.title', op: 'is set' },
                  { not: { field: 'trigger.body.title', op: 'contains', value: 'test' } },
                ],
              },
            },
          ],
        },
        blocks: {
          yes: [
            {
              id: 'make',
              type: 'card.create',
              with: {
                target: '<board>',
                columnId: '<todo>',
                title: '{{ trigger.body.title | cut: 200 }}',
                description: '{{ trigger.body.text | default: "" }}',
              },
            },
          ],
          else: [{ id: 'end', type: 'stop', with: { message: 'No title, or only a test.' } }],
        },
      },
    ],
  },
}
