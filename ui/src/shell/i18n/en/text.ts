/** The text of a card and its tools. */
export const text = {
  empty: 'Write a description, or type / for more …',
  tools: 'Format',
  bold: 'Bold',
  italic: 'Italic',
  strike: 'Strikethrough',
  link: 'Link',
  linkTo: 'Address of the link',
  setLink: 'Set link',
  heading1: 'Heading 1',
  heading2: 'Heading 2',
  heading3: 'Heading 3',
  bulletList: 'Bulleted list',
  orderedList: 'Numbered list',
  taskList: 'Task list',
  quote: 'Quote',
  codeBlock: 'Code',
  table: 'Table',
  rule: 'Divider',
  notLive: 'Read only until the live connection is there.',
  blocked:
    'Read only here: this network lets no live connection through. Ask whoever runs it to let WebSockets pass.',
  tooLarge:
    'This text has reached its 10 MB. What you wrote last is not saved: copy it, make the text shorter and open the card again.',
}
