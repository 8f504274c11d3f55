export const auth = {
  title: 'Bei ProjectFlow anmelden',
  email: 'E-Mail',
  password: 'Passwort',
  signIn: 'Anmelden',
  remember: '30 Tage angemeldet bleiben',
  signOut: 'Abmelden',
  demo: 'Oder als eine der Demo-Personen umsehen',
  over: 'Deine Sitzung ist zu Ende. Melde dich an, um weiterzumachen.',
  roles: {
    owner: 'Inhaber',
    admin: 'Admin',
    member: 'Mitglied',
    viewer: 'Betrachter',
    custom: 'Eigene Rolle',
    none: 'Kein Zugang',
  },
}
