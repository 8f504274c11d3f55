import type { Area } from './team-titles.ts'

/** What may stand under any title of an area. */
export const DESCRIPTIONS: Readonly<Record<Area, readonly string[]>> = {
  Payments: [
    'Support hears about this several times a week, and each case takes a person twenty minutes.\n\nDone when it works with both providers and the nightly reconciliation still balances.',
    'Finance asked for it in the last quarterly review. Start with one country behind a switch, look at the refused payments for a week, then open it for all.',
    'The provider supports it since spring; our side keeps it from being used. Keep the amounts in minor units all the way, and log the provider’s answer as it came.',
    'What must not happen: a customer pays twice. Everything else can be mended by hand.',
  ],
  Bug: [
    '**Steps**\n1. Put two items into the cart\n2. Go to the address step\n3. Change the country\n\n**Expected:** the numbers follow at once.\n**Seen:** they follow after a reload.',
    'Came in through support, eleven reports in the last two weeks. It cannot be seen on staging, where the data is too small; a copy of one order is in the ticket.',
    'A test that fails because of it is on the branch. The fix may be small; finding every place that does the same is the work.',
    'Not new: it was there before the rewrite, but fewer people took that path.',
  ],
  UX: [
    'In the last round of tests four of six people stumbled here. Nobody complained; they went back and tried again.\n\nTwo sketches are in the design file. Take the quieter one first.',
    'Think of somebody with one hand, in a train, on a bad connection. If it works there, it works.',
    'Measure before and after: time on this step, and how many go back.',
    'No new component for this, please. The ones we have can do it with other words.',
  ],
  Infra: [
    'It woke somebody up twice in October. Make it boring.',
    'To be rolled out in three steps, each of which can be taken back: first beside the old way, then for one country in ten, then for all.',
    'The numbers are on the capacity page. At the present growth it is needed before the end of February.',
    'Write the runbook together with the change, not after it.',
  ],
  Mobile: [
    'Both platforms, one release. Where they differ, follow the platform and not the other app.',
    'Look at it on the oldest phone in the drawer; that is what a fifth of our customers have.',
    'Needs a change of the API that the web can use too. Agree on the fields first.',
    'Behind a switch until the store review is through.',
  ],
  Docs: [
    'Write it for somebody who started last Monday. Short sentences, one example that can be copied.',
    'The old page has three versions of the truth. Keep the one that is true and point the others to it.',
    'Ask support to read it before it goes out: they know which questions come next.',
  ],
  Compliance: [
    'Legal’s note is attached to the ticket; the short version is that we have until the end of the quarter.\n\nKeep the proof: who decided what, and when.',
    'Check with the data protection officer before the first line of code, not after the last.',
    'Applies to all countries we deliver to. Where the rules differ, take the strictest; two ways cost more than one careful one.',
  ],
  Growth: [
    'A test, not a feature: two weeks, half of the visitors, and a number we agree on before we look.',
    'Worked well for the spring campaign, when it was done by hand for one category.',
    'If it does not move the number by one percent it goes out again. Write that into the plan.',
    'Talk with the warehouse first: they have to be able to keep what we promise.',
  ],
}

/** Steps that come up on many cards. */
export const CHECKLISTS: readonly (readonly string[])[] = [
  ['Reproduce it', 'Write the failing test', 'Fix it', 'Look for the same elsewhere'],
  ['Agree on the words', 'Sketch', 'Build', 'Try with three people', 'Measure for a week'],
  ['Ask finance', 'Both providers', 'Refund path', 'Night job', 'Switch on for one country'],
  ['Draft', 'Read by support', 'Translations', 'Publish'],
  [
    'Plan with a way back',
    'Run on staging',
    'One country',
    'All countries',
    'Remove the old way',
    'Runbook',
  ],
  ['Android', 'iOS', 'Screen reader', 'Largest text size'],
  ['Questions to legal', 'Decision written down', 'Build', 'Proof kept'],
  ['Number to move', 'Variant behind a switch', 'Two weeks', 'Decide', 'Clean up'],
]

/** What people say under cards of any kind. */
export const COMMENTS: readonly string[] = [
  'Tried it on staging, works for me in Firefox and Safari. Have not looked at it on a phone yet.',
  'Can we split this? The first half is useful alone.',
  'Talked with support this morning: it is the third most common question.',
  'I would rather not add another setting for it. If it is right, everybody should have it.',
  'Blocked until the provider answers. I have asked again today.',
  'They answered: it is possible, but only for new orders.',
  'Moved it down; the tax thing has a date and this has not.',
  'The numbers from last week are in: 2.1% of the carts are affected.',
  'Good catch. That also explains the strange refunds from Tuesday.',
  'Reviewed. Two small things in the error messages, otherwise ready.',
  'Done and out for Norway and Denmark. Watching it until Thursday before we open the rest.',
  'I wrote down why we did it this way, so nobody has to ask in a year.',
  'This took longer than I thought: the old code did it in four places.',
  'Could somebody with an old Android have a look?',
  'Nice! The page is 80 kB lighter now.',
  'Let us talk about it in the planning, I see two ways.',
  'Went with the second way. Less code, and it can be taken back.',
  'It failed once in the night run. Looking into it.',
  'That was the clock of the test machine. Fixed.',
  'Design is happy with it. Please keep the spacing as it is.',
  'Estimated at 5 first, but the migration makes it an 8.',
  'The warehouse says Monday is fine.',
  'Rolled back for now: the queue grew faster than it was worked off.',
  'Second try is out since noon, and the queue is empty.',
]

/** What people ask one another; the name is put before it. */
export const QUESTIONS: readonly string[] = [
  'can you have a look before this goes out?',
  'is this still planned for the week?',
  'you know the old code best. Does anything else depend on it?',
  'the customer from yesterday’s call would test it. Shall we let her?',
  'I need a decision here: refund at once, or after the parcel is back?',
  'could you check the French words?',
]
