import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What is open above the page. */
export const useOverlays = defineStore('overlays', () => ({
  /** The command palette. */
  palette: ref(false),
  /** The sheet of keyboard shortcuts. */
  shortcuts: ref(false),
  /** The side bar, on screens too narrow to show it always. */
  sideBar: ref(false),
  /** What is not saved. */
  unsaved: ref(false),
  /** Whether it is shown to somebody who wants to sign out. */
  leaving: ref(false),
  /** What may follow a `G`. */
  chord: ref(false),
}))
