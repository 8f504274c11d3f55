import { InputRule } from '@tiptap/core'
import { TaskItem } from '@tiptap/extension-list'

const BOX = /^\s*\[([ x]?)\]\s$/

/** A box makes a task of a line, and of a line of a list too: so it is written elsewhere, `- [ ]`. */
export const Task = TaskItem.extend({
  addInputRules() {
    const boxInList = new InputRule({
      find: BOX,
      handler: ({ state, range, match, chain }) => {
        if (state.selection.$from.node(-1)?.type.name !== 'listItem') return null
        const checked = match[1] === 'x'
        chain().deleteRange(range).toggleTaskList().updateAttributes('taskItem', { checked }).run()
        return undefined
      },
    })
    return [...(this.parent?.() ?? []), boxInList]
  },
}).configure({ nested: true, a11y: { checkboxLabel: ({ textContent }) => textContent } })
