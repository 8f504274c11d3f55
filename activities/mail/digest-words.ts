import type { NotificationKind } from '#core/contracts/views.ts'
import type { Language } from '#core/kernel/choices.ts'

/** What a letter of news says, but for what people wrote. */
export interface DigestWords {
  /** What happened; `who` did it, and it is due on `day`. */
  readonly happened: Readonly<
    Record<NotificationKind, (about: { who: string; day: string }) => string>
  >
  readonly somebody: string
  readonly several: (count: number) => string
  readonly more: (count: number) => string
  readonly why: string
  readonly choose: string
  readonly stop: string
}

export const DIGEST_WORDS: Readonly<Record<Language, DigestWords>> = {
  en: {
    happened: {
      assigned: ({ who }) => `${who} gave you`,
      mentioned: ({ who }) => `${who} mentioned you on`,
      commented: ({ who }) => `${who} commented on`,
      due: ({ day }) => `Due on ${day}:`,
      flow: () => 'A flow tells you about',
      approval: () => 'A flow asks for your approval on',
    },
    somebody: 'Somebody',
    several: (count) => `${count} news for you`,
    more: (count) => `There are ${count} more; open ProjectFlow to see them.`,
    why: 'You get this letter because it concerns you, and you have not read it yet.',
    choose: 'Choose what you are written about',
    stop: 'Write to me no more about this',
  },
  de: {
    happened: {
      assigned: ({ who }) => `${who} hat dir gegeben:`,
      mentioned: ({ who }) => `${who} hat dich erwähnt bei`,
      commented: ({ who }) => `${who} hat kommentiert:`,
      due: ({ day }) => `Fällig am ${day}:`,
      flow: () => 'Ein Ablauf sagt dir etwas zu:',
      approval: () => 'Ein Ablauf bittet dich um Freigabe bei:',
    },
    somebody: 'Jemand',
    several: (count) => `${count} Neuigkeiten für dich`,
    more: (count) => `Es gibt ${count} weitere; öffne ProjectFlow, um sie zu sehen.`,
    why: 'Du bekommst diesen Brief, weil es dich betrifft und du es noch nicht gelesen hast.',
    choose: 'Wähle, worüber dir geschrieben wird',
    stop: 'Schreib mir darüber nicht mehr',
  },
}
