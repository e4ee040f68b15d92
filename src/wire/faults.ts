/** The schema of fault scripts, for rehearsals and for services in tests: see docs/rotation.md. */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false }
const share = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))

export const Faults = Type.Object(
  {
    seed: Type.Optional(Type.Integer({ description: 'The same seed causes the same faults.' })),
    dropAfterCommit: share('Share of refreshes whose answer is lost after the commit.'),
    serverError: share('Share of calls that are answered with 500.'),
    halfApplied: share('Share of batches that are half-applied, then answered with 500.'),
    slow: Type.Optional(
      Type.Object({ share: Type.Number({ minimum: 0, maximum: 1 }), ms: Type.Integer({ minimum: 0 }) }, closed),
    ),
    storm: Type.Optional(
      Type.Object(
        { everySeconds: Type.Integer({ minimum: 1 }), forSeconds: Type.Integer({ minimum: 1 }) },
        {
          ...closed,
          description: 'Every `everySeconds`, all calls are answered with 429 for `forSeconds`, which is less.',
        },
      ),
    ),
    callsPerSecond: Type.Optional(Type.Number({ minimum: 0.01, description: 'A rate limit, with Retry-After.' })),
    staleReadSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 86_400,
        description: 'Every answer about rooms shows their state this many seconds ago.',
      }),
    ),
  },
  closed,
)

export type Faults = Static<typeof Faults>
