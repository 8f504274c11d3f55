export const auth = {
  title: 'Sign in to ProjectFlow',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  remember: 'Stay signed in for 30 days',
  signOut: 'Sign out',
  demo: 'Or look around as one of the demo people',
  over: 'Your session is over. Sign in to go on where you were.',
  roles: {
    owner: 'Owner',
    admin: 'Admin',
    member: 'Member',
    viewer: 'Viewer',
    custom: 'Own role',
    none: 'No access',
  },
}
