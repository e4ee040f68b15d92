/** The code of a sentence, beside the sentence itself: for whoever shows it in another language. */
import Type, { type Static } from 'typebox'

export const Said = Type.Object({
  code: Type.String({ description: 'Stays, whatever becomes of the words.' }),
  values: Type.Record(Type.String(), Type.String(), { description: 'What was filled into the sentence.' }),
})

export const saidOrNull = () =>
  Type.Union([Said, Type.Null()], { description: 'The code of the sentence; null for words that are not our own.' })

export type Said = Static<typeof Said>
