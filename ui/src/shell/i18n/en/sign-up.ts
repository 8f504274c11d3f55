export const signUp = {
  title: 'Make an account',
  why: 'We send a link to your address. Where it leads, you say who you are and take a password.',
  sent: 'If this address may have a new account here, a letter is on its way. Its link is good for 15 minutes.',
  again: 'No letter? Ask again',
  new: 'New here? Make an account',
  welcome: 'Welcome to ProjectFlow',
  who: 'The address is yours. Now say who you are.',
  name: 'Your name',
  make: 'Make the account',
  anew: 'Ask for a new link',
  nowhere: 'You belong to no workspace yet',
  nowhereWhy:
    'Make one, or ask somebody who runs one to invite you. They need your address: {email}',
}
