/** The code of a message and what is filled in, beside its text: for callers who show it in another language. */
import Type, { type Static } from 'typebox'
import type { Message as OneOfOurs } from '../messages/message.ts'

export const Message = Type.Unsafe<OneOfOurs>(
  Type.Object({
    code: Type.String({ description: 'Stays the same when the wording changes.' }),
    params: Type.Object(
      {},
      {
        additionalProperties: true,
        description: 'What is filled in, by name: a number, a text, a message of its own, or a list of these.',
      },
    ),
  }),
)

export const messageOrNull = () =>
  Type.Union([Message, Type.Null()], { description: 'The message as data; null for words that are not ours.' })

export type Message = Static<typeof Message>
