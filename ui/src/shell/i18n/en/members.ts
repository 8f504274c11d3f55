export const members = {
  title: 'Members',
  why: 'Who is in {workspace}, and what they may do.',
  you: 'you',
  onlineSince: 'online since {time}',
  roleOf: ', role of {name}',
  remove: 'Take out',
  leave: 'Leave',
  sure: 'Really?',
  removed: '{name} is out of the workspace',
  changed: '{name} is now {role}',
}
