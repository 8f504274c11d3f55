import type { Language } from '#core/kernel/choices.ts'

/** A letter as a mail server gets it. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** The same for each try to send it, so that who gets it twice sees it is one; else made up. */
  readonly messageId?: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Words {
  readonly subject: string
  readonly lines: readonly string[]
}

export const resetLetter = (language: Language, to: string, link: string): Letter =>
  letter(to, RESET[language](link))

export const signUpLetter = (language: Language, to: string, link: string): Letter =>
  letter(to, SIGN_UP[language](link))

export const accountLetter = (language: Language, to: string, link: string): Letter =>
  letter(to, ACCOUNT[language](link))

export const moveLetter = (language: Language, to: string, link: string): Letter =>
  letter(to, MOVE[language](link))

export const movedLetter = (language: Language, to: string, newEmail: string): Letter =>
  letter(to, MOVED[language](newEmail))

export const invitationLetter = (language: Language, to: string, about: Invitation): Letter =>
  letter(to, INVITATION[language](about))

export const changedLetter = (language: Language, to: string): Letter =>
  letter(to, CHANGED[language])

export const reusedLetter = (language: Language, to: string): Letter => letter(to, REUSED[language])

/** What a flow writes to somebody, in the words of whoever drew it. */
export const flowLetter = (
  to: string,
  { id, subject, text }: { id: string; subject: string; text: string },
  host: string,
): Letter => ({
  to,
  subject,
  text: `${text}\n`,
  messageId: `<${id}@${host}>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
})
export const linkedLetter = (language: Language, to: string, issuer: string): Letter =>
  letter(to, LINKED[language](issuer))

const letter = (to: string, { subject, lines }: Words): Letter => ({
  to,
  subject,
  text: `${lines.join('\n\n')}\n`,
})

/** What an invitation is to and by whom: names that people chose. */
interface Invitation {
  readonly link: string
  readonly workspace: string
  readonly invitedBy: string
}

type WithLink = Readonly<Record<Language, (link: string) => Words>>

const SIGN_UP: WithLink = {
  en: (link) => ({
    subject: 'Make your account for ProjectFlow',
    lines: [
      'Somebody, probably you, wants to make an account for ProjectFlow with this address. Do it here within 15 minutes:',
      link,
      'If it was not you, do nothing: there will be no account.',
    ],
  }),
  de: (link) => ({
    subject: 'Lege dein Konto bei ProjectFlow an',
    lines: [
      'Jemand, wahrscheinlich du, möchte mit dieser Adresse ein Konto bei ProjectFlow anlegen. Tu es hier innerhalb von 15 Minuten:',
      link,
      'Warst du es nicht, tu nichts: Es entsteht kein Konto.',
    ],
  }),
}

const ACCOUNT: WithLink = {
  en: (link) => ({
    subject: 'You have an account for ProjectFlow already',
    lines: [
      'Somebody, probably you, wanted to use this address for an account of ProjectFlow. It has one already: sign in here, or ask there for a new password.',
      link,
      'If it was not you, do nothing: nothing has changed.',
    ],
  }),
  de: (link) => ({
    subject: 'Du hast schon ein Konto bei ProjectFlow',
    lines: [
      'Jemand, wahrscheinlich du, wollte diese Adresse für ein Konto bei ProjectFlow verwenden. Sie hat schon eines: Melde dich hier an oder fordere dort ein neues Passwort an.',
      link,
      'Warst du es nicht, tu nichts: Es hat sich nichts geändert.',
    ],
  }),
}

const INVITATION: Readonly<Record<Language, (about: Invitation) => Words>> = {
  en: ({ link, workspace, invitedBy }) => ({
    subject: `${invitedBy} invites you to “${workspace}” on ProjectFlow`,
    lines: [
      `${invitedBy} invites you to work with them in “${workspace}” on ProjectFlow. Look at the invitation here within 7 days, and accept it if you like:`,
      link,
      'If you do not know them, do nothing: nothing will happen.',
    ],
  }),
  de: ({ link, workspace, invitedBy }) => ({
    subject: `${invitedBy} lädt dich zu „${workspace}“ bei ProjectFlow ein`,
    lines: [
      `${invitedBy} lädt dich ein, in „${workspace}“ bei ProjectFlow mitzuarbeiten. Sieh dir die Einladung hier innerhalb von 7 Tagen an und nimm sie an, wenn du magst:`,
      link,
      'Kennst du niemanden dieses Namens, tu nichts: Es geschieht nichts.',
    ],
  }),
}

const MOVE: WithLink = {
  en: (link) => ({
    subject: 'Confirm your new address for ProjectFlow',
    lines: [
      'Somebody, probably you, wants this to be the address of their account for ProjectFlow. Confirm it here within 15 minutes:',
      link,
      'If it was not you, do nothing: nothing will change.',
    ],
  }),
  de: (link) => ({
    subject: 'Bestätige deine neue Adresse für ProjectFlow',
    lines: [
      'Jemand, wahrscheinlich du, möchte diese Adresse für sein Konto bei ProjectFlow. Bestätige sie hier innerhalb von 15 Minuten:',
      link,
      'Warst du es nicht, tu nichts: Es ändert sich nichts.',
    ],
  }),
}

const MOVED: Readonly<Record<Language, (newEmail: string) => Words>> = {
  en: (newEmail) => ({
    subject: 'Your address for ProjectFlow was changed',
    lines: [
      `Your account for ProjectFlow now has the address ${newEmail}. Sign in with that one; nothing more is sent to this one.`,
      'If it was not you, tell whoever runs your ProjectFlow at once: only they can give the account back.',
    ],
  }),
  de: (newEmail) => ({
    subject: 'Deine Adresse für ProjectFlow wurde geändert',
    lines: [
      `Dein Konto bei ProjectFlow hat jetzt die Adresse ${newEmail}. Melde dich damit an; an diese hier geht nichts mehr.`,
      'Warst du es nicht, sag es sofort dem Betrieb deines ProjectFlow: Nur er kann das Konto zurückgeben.',
    ],
  }),
}

const RESET: WithLink = {
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
      'Your password for ProjectFlow was changed just now. Wherever else you were signed in, you no longer are, and the tokens of your programs have ended.',
      'If it was not you, ask for a new password on the sign-in page and tell whoever runs your ProjectFlow.',
    ],
  },
  de: {
    subject: 'Dein Passwort für ProjectFlow wurde geändert',
    lines: [
      'Dein Passwort für ProjectFlow wurde gerade geändert. Wo du sonst noch angemeldet warst, bist du es nicht mehr, und die Tokens deiner Programme gelten nicht mehr.',
      'Warst du es nicht, fordere auf der Anmeldeseite ein neues an und sag es dem Betrieb deines ProjectFlow.',
    ],
  },
}

const REUSED: Readonly<Record<Language, Words>> = {
  en: {
    subject: 'You were signed out of ProjectFlow somewhere',
    lines: [
      'What keeps a browser signed in to your account was used twice, which somebody who copied it would do. So that session was ended.',
      'It also happens when a computer is set back to an older state. If you do not know of anything like that, set a new password: on the page for signing in choose «Forgot your password?».',
    ],
  },
  de: {
    subject: 'Du wurdest irgendwo von ProjectFlow abgemeldet',
    lines: [
      'Womit ein Browser in deinem Konto angemeldet bleibt, wurde zweimal benutzt, wie es jemand täte, der es kopiert hat. Deshalb wurde diese Sitzung beendet.',
      'Es kommt auch vor, wenn ein Rechner auf einen älteren Stand zurückgesetzt wird. Weißt du von nichts dergleichen, setze ein neues Passwort: auf der Anmeldeseite unter «Passwort vergessen?».',
    ],
  },
}

const LINKED: Readonly<Record<Language, (issuer: string) => Words>> = {
  en: (issuer) => ({
    subject: 'There is one more way into your account for ProjectFlow',
    lines: [
      `From now on your account for ProjectFlow also opens by signing in with ${issuer}.`,
      'If it was not you, remove it on your account page and set a new password there, which ends all other sessions.',
    ],
  }),
  de: (issuer) => ({
    subject: 'Es gibt einen weiteren Weg in dein Konto bei ProjectFlow',
    lines: [
      `Ab jetzt öffnet sich dein Konto bei ProjectFlow auch durch Anmelden mit ${issuer}.`,
      'Warst du es nicht, entferne das auf deiner Kontoseite und setze dort ein neues Passwort, das alle anderen Sitzungen beendet.',
    ],
  }),
}
