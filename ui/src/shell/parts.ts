import { later } from './later.ts'
import { laterComponent } from './later-component.ts'

/** Everything whose code comes later than the page it belongs to, but for the pages themselves. */
export const menuParts = later(async () => await import('../components/floating/menu-parts.ts'))
export const gestureWords = later(async () => await import('../kanban/gesture-words.ts'))
export const liveCode = later(async () => await import('./live-code.ts'))
export const textSender = later(async () => await import('../kanban/text/send-unsent.ts'))
export const textEditor = later(async () => await import('../kanban/text/text-editor.vue'))

export const CardPicker = laterComponent(async () => await import('../kanban/card-picker.vue'))
export const CommandPalette = laterComponent(
  async () => await import('../search/command-palette.vue'),
)
export const CardPanel = laterComponent(async () => await import('../kanban/panel/card-panel.vue'))
export const ConflictDialog = laterComponent(
  async () => await import('../kanban/conflict-dialog.vue'),
)
export const ColumnLimit = laterComponent(async () => await import('../kanban/column-limit.vue'))
export const PutAwaySheet = laterComponent(async () => await import('../kanban/put-away-sheet.vue'))
export const NameForm = laterComponent(async () => await import('../projects/name-form.vue'))
export const NewProject = laterComponent(async () => await import('../projects/new-project.vue'))
export const NewWorkspace = laterComponent(
  async () => await import('../workspaces/new-workspace.vue'),
)
export const ShortcutSheet = laterComponent(async () => await import('./shortcut-sheet.vue'))
export const TextVersions = laterComponent(
  async () => await import('../kanban/text/text-versions.vue'),
)
export const UnsavedList = laterComponent(async () => await import('./unsaved-list.vue'))
export const SideSheet = laterComponent(async () => await import('./side-sheet.vue'))
