import type { FlowTemplate } from '../template.ts'

export const tellAnotherSystem: FlowTemplate = {
  title: 'Tell another system',
  why: 'What is done is told to a server outside, again and again until it has heard.',
  choices: { done: 'column', server: 'url' },
  flow: {
    schema: 'pf.flow/1',
    name: 'Tell another system',
    trigger: { type: 'card.moved', with: { to: ['<done>'] } },
    onFailure: [
      {
        id: 'tell',
        type: 'comment.add',
        with: { text: 'The other system could not be told: {{ error.message }}' },
      },
    ],
    steps: [
      {
        id: 'again',
        type: 'retry',
        with: { times: 5, wait: 'PT1M' },
        blocks: {
          do: [
            {
              id: 'send',
              type: 'webhook.send',
              with: {
                url: '<server>',
                body: {
                  card: '{{ card.id }}',
                  title: '{{ card.title }}',
                  by: '{{ trigger.actorId }}',
                },
              },
            },
          ],
        },
      },
    ],
  },
}
