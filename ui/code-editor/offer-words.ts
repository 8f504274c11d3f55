import { languages } from 'monaco-editor/editor'
import { offered, type Engine, type Offer } from './offered.ts'

/** The build writes what the engine has; see ui/build/code-editor.ts. */
declare const ENGINE: Engine

const { CompletionItemKind } = languages
const KINDS: Readonly<Record<Offer['kind'], languages.CompletionItemKind>> = {
  input: CompletionItemKind.Field,
  global: CompletionItemKind.Class,
  member: CompletionItemKind.Method,
  keyword: CompletionItemKind.Keyword,
  word: CompletionItemKind.Text,
}

/** Offers while one types what a step's code really has: its input, and the engine's language. */
export function offerWords(inputOf: () => unknown): void {
  languages.registerCompletionItemProvider('javascript', {
    triggerCharacters: ['.'],
    provideCompletionItems(model, { lineNumber, column }) {
      const before = model.getLineContent(lineNumber).slice(0, column - 1)
      const { startColumn, endColumn } = model.getWordUntilPosition({ lineNumber, column })
      const range = {
        startLineNumber: lineNumber,
        endLineNumber: lineNumber,
        startColumn,
        endColumn,
      }
      const offers = offered(before, model.getValue(), inputOf(), ENGINE)
      const suggestions = offers.map(({ name, kind, detail }) => ({
        label: detail === '' ? name : { label: name, description: detail },
        kind: KINDS[kind],
        insertText: name,
        range,
      }))
      return { suggestions }
    },
  })
}
