/** Limits of a flow, checked when it is published; each is told in the refusal it causes. */
export const FLOW_BYTES_MAX = 256 * 1024
export const STEPS_PER_FLOW_MAX = 65
/** Blocks within blocks. */
export const FLOW_DEPTH_MAX = 8
/** Brackets within brackets, before anything else is looked at. */
export const JSON_DEPTH_MAX = 40
export const CASES_PER_BRANCH_MAX = 20
export const BLOCKS_PER_PARALLEL_MAX = 10
export const TESTS_PER_GROUP_MAX = 20
export const VARIABLES_PER_FLOW_MAX = 30
export const TEMPLATE_CHARS_MAX = 10_000
/** Of what the holes of one parameter come to, all together: a run hands that on to who does the step. */
export const FILLED_CHARS_MAX = 128 * 1024
export const CODE_CHARS_MAX = 50_000
/** Flows that call flows that call flows. */
export const CALL_DEPTH_MAX = 10

/** Limits of expressions: they have no clock, reach nothing outside, and loop once at most. */
export const EXPRESSION_CHARS_MAX = 500
export const EXPRESSION_NODES_MAX = 80
export const EXPRESSION_DEPTH_MAX = 16
export const EXPRESSION_LOOPS_MAX = 1
/** Rounds of the loop times the characters each of them may look at: about a second. */
export const EXPRESSION_WORK_MAX = 4_000_000

export const FLOWS_PER_PROJECT_MAX = 200
/** Settled ones too. */
export const COMMENTS_PER_FLOW_MAX = 500

/** Limits of a run. */
export const CARDS_PER_RUN_MAX = 5_000
export const FOR_EACH_ITEMS_MAX = 1_000
export const FOR_EACH_AT_ONCE_MAX = 10
export const WHILE_ROUNDS_MAX = 100
/** That only lead on, between two that do something or wait. */
export const STEPS_IN_A_ROW_MAX = 3_000
export const RETRIES_MAX = 10
/** Flows that started each other: card moved, so a flow moved another, so a flow … */
export const CAUSATION_CHAIN_MAX = 10
export const OUTPUT_BYTES_MAX = 64 * 1024
/** Brackets within brackets. */
export const OUTPUT_DEPTH_MAX = 100
/** Of all that a run has to remember, so that it fits into what it goes on with. */
export const RUN_BYTES_MAX = 1024 * 1024
export const WAIT_DAYS_MAX = 365

/** So many runs are cancelled or begun again at once; who means more asks again. */
export const RUNS_AT_ONCE_MAX = 100

export const SECRETS_PER_PROJECT_MAX = 50
/** A shorter one would be found, and hidden, everywhere in an answer. */
export const SECRET_CHARS_MIN = 8
export const SECRET_CHARS_MAX = 4_000
/** Of servers outside that a project allows. */
export const EGRESS_HOSTS_MAX = 100
