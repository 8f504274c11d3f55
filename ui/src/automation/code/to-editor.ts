/** What it is told, by the page around it alone. */
export type ToEditor =
  | {
      readonly kind: 'look'
      /** What the code is called, for who hears the page. */
      readonly label: string
      readonly theme: 'system' | 'light' | 'dark'
      readonly isReadOnly: boolean
    }
  | {
      readonly kind: 'show'
      readonly text: string
      /** How many changes of the editor are in it. */
      readonly seen: number
    }
  /** What the code is given, as far as it is known before a run. */
  | { readonly kind: 'input'; readonly input: unknown }
  | { readonly kind: 'focus'; readonly from: number; readonly to: number }

/** The first thing it says, to the page around it, which answers with its end of a channel. */
export const READY = 'code-editor-ready'
export const OPEN = 'code-editor-open'
