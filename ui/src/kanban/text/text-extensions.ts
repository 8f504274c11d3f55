import { Collaboration } from '@tiptap/extension-collaboration'
import { TaskList } from '@tiptap/extension-list'
import { TableKit } from '@tiptap/extension-table'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { carets } from './carets.ts'
import { Mention } from './mention.ts'
import { Picture } from './picture.ts'
import { Task } from './task.ts'

/** What a text can hold, and whose it is. Undoing takes back what was written here, never others'. */
export const textExtensions = (doc: Doc, awareness: Awareness, placeholder: string) => [
  StarterKit.configure({ undoRedo: false, heading: { levels: [1, 2, 3] } }),
  TaskList,
  Task,
  TableKit.configure({ table: { resizable: false } }),
  Mention,
  Picture,
  Placeholder.configure({ placeholder }),
  Collaboration.configure({ document: doc }),
  carets(awareness),
]
