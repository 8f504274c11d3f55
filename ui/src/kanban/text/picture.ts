import { mergeAttributes, Node } from '@tiptap/core'
import { VueNodeViewRenderer } from '@tiptap/vue-3'
import TextPicture from './text-picture.vue'

/**
 * A picture that is attached to the card, on a line of its own. Pictures from elsewhere on the web are
 * not shown: their server would see who reads.
 */
export const Picture = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    fileId: {
      default: null,
      parseHTML: (element: HTMLElement) => element.dataset['fileId'],
      renderHTML: ({ fileId }: Record<string, unknown>) => ({ 'data-file-id': fileId }),
    },
    name: {
      default: '',
      parseHTML: (element: HTMLElement) => element.getAttribute('alt'),
      renderHTML: ({ name }: Record<string, unknown>) => ({ alt: name }),
    },
  }),
  parseHTML: () => [{ tag: 'img[data-file-id]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
  addNodeView: () => VueNodeViewRenderer(TextPicture),
})
