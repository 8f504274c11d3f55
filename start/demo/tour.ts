import { ann } from './people.ts'
import type { CardDraft, ProjectDraft } from './draft.ts'

interface Lesson {
  readonly title: string
  readonly description: string
  readonly steps: readonly string[]
  readonly label: 'Basics' | 'Keyboard' | 'Together' | 'Behind the scenes'
}

const LESSONS: readonly Lesson[] = [
  {
    title: 'Move this card to Doing',
    description:
      'Take it with the mouse and drop it under **Doing**. A line shows where it will land.\n\nIt moves on your screen in the same moment; the small sign at the lower left says when it is saved.',
    steps: ['Drag this card to Doing', 'Put it between two other cards', 'Drag it to Done'],
    label: 'Basics',
  },
  {
    title: 'Add a card without leaving the keyboard',
    description:
      'Press **N** and type a title. Words with a sign before them fill in the rest:\n\n- `@mia` assigns it\n- `#basics` labels it\n- `!1` makes it urgent\n- `tomorrow` is when it is due\n\nTry: `Buy cake @mia #basics !2 tomorrow`',
    steps: ['Press N', 'Type a title with @ and #', 'Press Enter'],
    label: 'Keyboard',
  },
  {
    title: 'Drive the board with the arrow keys',
    description:
      'The arrows go from card to card, **Space** picks one up, the arrows carry it, and **Enter** puts it down. **Esc** changes your mind.\n\n**?** shows all the keys there are, and **Ctrl K** (or **⌘K**) finds any card and any command.',
    steps: ['Carry a card with Space and the arrows', 'Press ?', 'Find this card with Ctrl K'],
    label: 'Keyboard',
  },
  {
    title: 'Take something back',
    description:
      'Nothing here asks whether you are sure: it is done, and **Ctrl Z** takes it back. A deleted card can be brought back for 30 days.\n\nOnly what nobody has changed since is taken back; if somebody has, you are told what.',
    steps: ['Delete the card next to this one', 'Press Ctrl Z', 'Rename a card and take it back'],
    label: 'Basics',
  },
  {
    title: 'Look at the board in two windows',
    description:
      'Open the same address in a second window and sign in as **member@example.com** (the password is `projectflow`).\n\nMove a card in one window and watch the other. Then edit the title in one and the due date in the other at the same time: both stay.',
    steps: ['Open a second window', 'Move a card and watch', 'Edit two fields of one card at once'],
    label: 'Together',
  },
  {
    title: 'Find your cards among hundreds',
    description:
      'Go to the board **Team** of the project *Checkout*. The filters above it show only your cards, or those that are due, or those with a label; grouping makes a row for each person, priority or label.\n\nThe board **Stress** has 5,000 cards. Scroll it in both directions.',
    steps: ['Filter Team by a label', 'Group it by assignee', 'Scroll through Stress'],
    label: 'Basics',
  },
  {
    title: 'Ask somebody, and find the answer in the inbox',
    description:
      'Open a card and write a comment with **@** and a name. Whoever you name finds it under the bell.\n\nSign in as the other person in your second window, and answer.',
    steps: ['Comment with @Mia', 'Read it as Mia', 'Answer her, and see the bell'],
    label: 'Together',
  },
  {
    title: 'See the workflow behind a card',
    description:
      'Everything you did to a card ran as a durable workflow: had the machine lost power in the middle, it would have been finished after the restart.\n\nOpen this card’s history and follow a link to the Temporal Web UI. There is the action with all it did.',
    steps: ['Open the history of a card you moved', 'Follow the link to its workflow'],
    label: 'Behind the scenes',
  },
]

/** A board of lessons, each learned by doing what its card says. */
export function tour(now: Date): ProjectDraft {
  const cards = LESSONS.map(({ title, description, steps, label }): CardDraft => ({
    title,
    description,
    labels: [label],
    checklist: steps.map((text) => ({ text, done: false })),
    createdAt: now,
    createdBy: ann,
  }))
  return {
    name: 'Getting started',
    key: 'TOUR',
    labels: { Basics: 'blue', Keyboard: 'violet', Together: 'green', 'Behind the scenes': 'amber' },
    board: {
      name: 'Tour',
      columns: [
        { name: 'To try', cards },
        { name: 'Doing', cards: [] },
        { name: 'Done', cards: [] },
      ],
    },
  }
}
