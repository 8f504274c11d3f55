export const members = {
  title: 'Mitglieder',
  why: 'Wer in {workspace} ist, und was sie dürfen.',
  you: 'du',
  onlineSince: 'online seit {time}',
  roleOf: ', Rolle von {name}',
  remove: 'Entfernen',
  leave: 'Verlassen',
  sure: 'Wirklich?',
  removed: '{name} ist nicht mehr im Arbeitsbereich',
  changed: '{name}: jetzt {role}',
}
