import { editor, MarkerSeverity } from 'monaco-editor/editor'
import type { CodeFault } from '../src/automation/code/from-editor.ts'
import { syntaxFault } from './syntax-fault.ts'

const WORDS: Readonly<Record<string, string>> = {
  en: 'This is not JavaScript',
  de: 'Das ist kein JavaScript',
}

/** Underlines where code is first not JavaScript, and answers where that is. */
export function markFault(model: editor.ITextModel): CodeFault | null {
  const fault = syntaxFault(model.getValue())
  if (!fault) {
    editor.setModelMarkers(model, 'syntax', [])
    return null
  }
  const { lineNumber, column } = model.getPositionAt(fault.at)
  const marker = {
    severity: MarkerSeverity.Error,
    message: `${WORDS[document.documentElement.lang] ?? WORDS['en']} (${fault.why})`,
    startLineNumber: lineNumber,
    startColumn: column,
    endLineNumber: lineNumber,
    endColumn: column + 1,
  }
  editor.setModelMarkers(model, 'syntax', [marker])
  return { line: lineNumber, column, why: fault.why }
}
