export const profile = {
  title: 'Profil',
  why: 'Wie dich andere sehen, wo immer ihr zusammen arbeitet.',
  name: 'Name',
  colour: 'Farbe deiner Initialen',
  hue: 'Farbe {n}',
  language: 'Sprache',
  languageWhy: 'Auf jedem Gerät und in Briefen.',
  asBrowser: 'Wie der Browser es will',
  timeZone: 'Zeitzone',
  timeZoneWhy: 'Bestimmt, wann ein Tag für dich beginnt: auf Boards, in Erinnerungen und Briefen.',
  zoneAsBrowser: 'Die des jeweiligen Browsers',
}
