import { z } from 'zod'
import { OPERATORS, type OperatorName } from '#core/flows/operators.ts'
import { EXPRESSION_CHARS_MAX, TESTS_PER_GROUP_MAX } from '#core/flows/limits.ts'

/** A field, a relation and a value, as in `card.labels contains …`; texts may be templates. */
const Test = z.strictObject({
  field: z.string().min(1).max(200),
  op: z.enum(Object.keys(OPERATORS) as [OperatorName, ...OperatorName[]]),
  value: z.json().optional(),
})

/** An expression of CEL that comes to true or false. */
const Cel = z.strictObject({ cel: z.string().min(1).max(EXPRESSION_CHARS_MAX) })

/** When something is done: tests, put together with all, any and not. */
export type Condition =
  | z.infer<typeof Test>
  | z.infer<typeof Cel>
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

const Group = () => z.array(Condition).min(1).max(TESTS_PER_GROUP_MAX)

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Test,
    Cel,
    z.strictObject({ all: Group() }),
    z.strictObject({ any: Group() }),
    z.strictObject({ not: Condition }),
  ]),
)
