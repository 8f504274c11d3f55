import { ref } from 'vue'
import { useSession } from '../shell/session.ts'
import { useAttempt } from '../shell/use-attempt.ts'

/** Whether who is in now is who was before, or what their account asks for besides. */
type Entered = boolean | { challenge: string }

/** The steps of a page that signs somebody in: the first, a code where one is asked for, then `goOn`. */
export function useEntering(goOn: (isSamePerson: boolean) => Promise<void> | void) {
  const session = useSession()
  const { busy, fault, attempt } = useAttempt()
  /** Set once the first step was right and a code is asked for as well. */
  const challenge = ref('')
  let remember = false

  const enter = (ask: () => Promise<Entered>) =>
    attempt(async () => {
      const entered = await ask()
      if (typeof entered === 'object') challenge.value = entered.challenge
      else await goOn(entered)
    })

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
