import { Worker, type CompiledWorkerOptions, type Logger } from '@temporalio/worker'
import type { WorkflowBundleWithSourceMapAndFilename } from '@temporalio/worker/lib/workflow/workflow-worker-thread/input.js'

/**
 * A worker for workflows that are too plain to hang: it sets no limit on how long their code runs
 * between two waits. Node starts a thread for each such limit, and a batch of card actions needs
 * nine of them, about 3 ms of its time (docs/decisions/058).
 */
export class QuickWorker extends Worker {
  protected static override createWorkflowCreator(
    bundle: WorkflowBundleWithSourceMapAndFilename,
    options: CompiledWorkerOptions,
    logger: Logger,
  ) {
    const unlimited = { isolateExecutionTimeoutMs: undefined as never }
    return super.createWorkflowCreator(bundle, { ...options, ...unlimited }, logger)
  }
}
