import { ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { useSession } from '../shell/session.ts'

/** Whether who is in now is who was before, or what their account asks for besides. */
type Entered = boolean | { challenge: string }

/** The steps of a page that signs somebody in: the first, a code where one is asked for, then `goOn`. */
export function useEntering(goOn: (isSamePerson: boolean) => Promise<void> | void) {
  const session = useSession()
  const fault = shallowRef<ApiError>()
  const busy = ref(false)
  /** Set once the first step was right and a code is asked for as well. */
  const challenge = ref('')
  let remember = false

  async function enter(ask: () => Promise<Entered>): Promise<void> {
    busy.value = true
    fault.value = undefined
    try {
      const entered = await ask()
      if (typeof entered === 'object') challenge.value = entered.challenge
      else await goOn(entered)
    } catch (error) {
      fault.value = asApiError(error)
    } finally {
      busy.value = false
    }
  }

  const enterWithCode = async (code: string) =>
    await enter(async () => await session.signInWithCode(challenge.value, code, remember))

  return {
    fault,
    busy,
    challenge,
    enterWithCode,
    /** `stay` is whether they want to stay signed in for long. */
    enter: async (ask: () => Promise<Entered>, stay = false) => {
      remember = stay
      await enter(ask)
    },
  }
}
