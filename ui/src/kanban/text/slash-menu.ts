import { BLOCKS, type Block } from './blocks.ts'
import { offerMenu } from './offer-menu.ts'

/** A slash at the beginning of a line offers what it can become. */
export const slashMenu = (nameOf: (block: Block) => string) =>
  offerMenu<Block>({
    name: 'slashMenu',
    char: '/',
    startOfLine: true,
    find: (words) =>
      BLOCKS.filter((block) => nameOf(block).toLowerCase().includes(words.toLowerCase())),
    take: (editor, range, block) => block.make(editor.chain().focus().deleteRange(range)).run(),
  })
