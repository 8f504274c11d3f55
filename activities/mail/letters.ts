import type { Language } from '#core/kernel/choices.ts'

/** A letter as a mail server gets it. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

interface Words {
  readonly subject: string
  readonly lines: readonly string[]
}

export const resetLetter = (language: Language, to: string, link: string): Letter =>
  letter(to, RESET[language](link))

export const changedLetter = (language: Language, to: string): Letter =>
  letter(to, CHANGED[language])

const letter = (to: string, { subject, lines }: Words): Letter => ({
  to,
  subject,
  text: `${lines.join('\n\n')}\n`,
})

const RESET: Readonly<Record<Language, (link: string) => Words>> = {
  en: (link) => ({
    subject: 'Set a new password for ProjectFlow',
    lines: [
      'Somebody, probably you, asked for a new password for ProjectFlow. Set it here within 15 minutes:',
      link,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  }),
  de: (link) => ({
    subject: 'Neues Passwort für ProjectFlow',
    lines: [
      'Jemand, wahrscheinlich du, hat ein neues Passwort für ProjectFlow angefordert. Setze es hier innerhalb von 15 Minuten:',
      link,
      'Warst du es nicht, tu nichts: Dein Passwort bleibt, wie es ist.',
    ],
  }),
}

const CHANGED: Readonly<Record<Language, Words>> = {
  en: {
    subject: 'Your password for ProjectFlow was changed',
    lines: [
      'Your password for ProjectFlow was changed just now, and wherever else you were signed in, you no longer are.',
      'If it was not you, ask for a new password on the sign-in page and tell whoever runs your ProjectFlow.',
    ],
  },
  de: {
    subject: 'Dein Passwort für ProjectFlow wurde geändert',
    lines: [
      'Dein Passwort für ProjectFlow wurde gerade geändert, und wo du sonst noch angemeldet warst, bist du es nicht mehr.',
      'Warst du es nicht, fordere auf der Anmeldeseite ein neues an und sag es dem Betrieb deines ProjectFlow.',
    ],
  },
}
