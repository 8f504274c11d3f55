export const signUp = {
  title: 'Konto anlegen',
  why: 'Wir schicken einen Link an deine Adresse. Dort sagst du, wer du bist, und wählst ein Passwort.',
  sent: 'Wenn diese Adresse hier ein neues Konto haben darf, ist ein Brief unterwegs. Sein Link gilt 15 Minuten.',
  again: 'Kein Brief? Noch einmal anfordern',
  new: 'Neu hier? Konto anlegen',
  welcome: 'Willkommen bei ProjectFlow',
  who: 'Die Adresse ist deine. Sag nun, wer du bist.',
  name: 'Dein Name',
  make: 'Konto anlegen',
  anew: 'Neuen Link anfordern',
  nowhere: 'Du gehörst noch zu keinem Arbeitsbereich',
  nowhereWhy:
    'Lege einen an, oder bitte jemanden, der einen leitet, dich einzuladen. Dafür braucht es deine Adresse: {email}',
}
