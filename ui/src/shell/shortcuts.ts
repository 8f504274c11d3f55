/** Every key there is, by where it works; each name has words under `shortcuts.` in the languages. */
export const SHORTCUTS = {
  everywhere: {
    palette: ['Mod+K'],
    shortcuts: ['?'],
    home: ['G H'],
    inbox: ['G I'],
  },
  board: {
    focus: ['↑', '↓', '←', '→'],
    carry: ['Space'],
    drop: ['Enter'],
    stop: ['Esc'],
    open: ['Enter', 'O'],
    add: ['N'],
    title: ['E'],
    move: ['M'],
    labels: ['L'],
    assignees: ['A'],
    priority: ['P'],
    due: ['D'],
    flow: ['F'],
    select: ['X'],
    range: ['Shift+↑', 'Shift+↓'],
    archive: ['Del'],
    undo: ['Mod+Z'],
    redo: ['Mod+Shift+Z'],
  },
  panel: {
    close: ['Esc'],
    save: ['Mod+Enter'],
  },
} as const
