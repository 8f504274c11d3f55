import { computed } from 'vue'
import { useSession } from './session.ts'

/** Where the API shows the Temporal Web UI, to operators alone. */
const WORKFLOWS_PATH = '/admin/temporal'

/** Whether a link to a workflow leads anywhere for the person. */
export function useWorkflowLinks() {
  const session = useSession()
  const isOperator = computed(() => session.me?.isOperator === true)
  return {
    leadsThere: (url: string) =>
      isOperator.value || !url.startsWith(location.origin + WORKFLOWS_PATH),
  }
}
