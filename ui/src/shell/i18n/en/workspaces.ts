export const workspaces = {
  title: 'Workspaces',
  new: 'New workspace',
  create: 'Create workspace',
  name: 'Name',
  rename: 'Rename',
  renamed: 'The workspace is now called {name}',
  delete: 'Delete workspace',
  deleteWhy:
    'It is gone for everybody in it at once. For 30 days you find it below and can bring it back.',
  typeName: 'To delete it, type its name: {name}',
  deleted: '{name} is deleted',
  deletedTitle: 'Recently deleted',
  deletedWhy: 'Workspaces of yours that you can still bring back.',
  deletedNone: 'None.',
  keptUntil: 'Kept until {day}',
  restore: 'Restore',
  restored: '{name} is back',
}
