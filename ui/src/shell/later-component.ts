import {
  type Component,
  defineComponent,
  h,
  onBeforeUnmount,
  type ShallowRef,
  shallowRef,
} from 'vue'
import { later } from './later.ts'
import { waitFor } from './wait-for.ts'

/**
 * A component whose code comes later. Nothing stands in its place until then, and whoever waits for it
 * in vain is told.
 */
export function laterComponent<Shown extends Component>(
  read: () => Promise<{ default: Shown }>,
): Shown {
  const part = later(read)
  const stand = defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const shown: ShallowRef<Component | undefined> = shallowRef(part.code?.default)
      const gone = new AbortController()
      onBeforeUnmount(() => gone.abort())
      if (!shown.value) {
        void waitFor(part.load, gone.signal).then((code) => {
          shown.value = code?.default
        })
      }
      return () => shown.value && h(shown.value, attrs, slots)
    },
  })
  return stand as unknown as Shown
}
