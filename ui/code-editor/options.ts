import type { editor } from 'monaco-editor/editor'

export const OPTIONS_OF_TEXT: editor.ITextModelUpdateOptions = {
  tabSize: 2,
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
}

/** A field of a form more than a desk to work at: nothing beside the code and its numbers. */
export const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSize: 12,
  lineHeight: 18,
  lineNumbersMinChars: 2,
  lineDecorationsWidth: 6,
  glyphMargin: false,
  folding: false,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  scrollBeyondLastLine: false,
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    verticalScrollbarSize: 8,
    horizontalScrollbarSize: 8,
  },
  padding: { top: 6, bottom: 6 },
  renderLineHighlight: 'none',
  wordWrap: 'on',
  contextmenu: false,
  fixedOverflowWidgets: true,
  // These ask a worker, and the page has none.
  wordBasedSuggestions: 'off',
  links: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
}
