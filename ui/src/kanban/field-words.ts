import { useBoard } from './store.ts'
import { valueWords } from './value-words.ts'

/** The values of a card's fields in the reader's words, as they are known on the open board. */
export function useFieldWords() {
  const board = useBoard()
  return { valueWords: (field: string, value: unknown) => valueWords(field, value, board) }
}
