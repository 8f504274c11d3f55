export const profile = {
  title: 'Profile',
  why: 'How others see you, wherever you work with them.',
  name: 'Name',
  colour: 'Colour of your initials',
  hue: 'Colour {n}',
  language: 'Language',
  languageWhy: 'On every device, and in letters.',
  asBrowser: 'As each browser prefers',
  timeZone: 'Time zone',
  timeZoneWhy: 'Says when a day begins for you, on boards, in reminders and in letters.',
  zoneAsBrowser: 'That of each browser',
}
