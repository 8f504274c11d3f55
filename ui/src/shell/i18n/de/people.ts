export const people = {
  title: 'Wer hier was darf',
  others: 'Alle, die nicht genannt sind',
  ofOthers: ', was alle sind, die nicht genannt sind',
  othersWhy:
    'Was die Leute des Arbeitsbereichs in diesem Projekt sind, wenn sie unten nicht genannt sind.',
  privateWhy: 'Das Projekt ist privat: Wer unten nicht genannt ist, sieht es nicht.',
  likeWorkspace: 'Wie im Arbeitsbereich',
  likeOthers: 'was alle sind, die nicht genannt sind',
  private: 'Kein Zugang: Das Projekt ist privat',
  named: 'Genannte',
  nobody: 'Noch ist niemand genannt.',
  add: 'Person hinzufügen',
  remove: 'Von der Liste nehmen',
  keeping: 'Inhaber und Admins des Arbeitsbereichs, die das in jedem Projekt sind',
  allChanged: 'Alle, die nicht genannt sind, sind jetzt: {role}',
}
