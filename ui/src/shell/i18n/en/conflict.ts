export const conflict = {
  title: 'Somebody else changed this too',
  why: 'While you were changing {card}, somebody else saved the same. Which one stays?',
  mine: 'Yours',
  theirs: 'Theirs',
  keepMine: 'Keep mine',
  keepTheirs: 'Keep theirs',
  edit: 'Edit',
  compare: 'Compare',
  fields: {
    title: 'Title',
    description: 'Description',
    dueOn: 'Due',
    priority: 'Priority',
    points: 'Points',
    colour: 'Colour',
  },
}
