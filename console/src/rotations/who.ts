import type { RotationAnswer } from '../data/rotations.ts'
import type { Words } from '../language/en.ts'

/** Who takes part in a rotation, with an upper-case first letter. */
export function whoOf({ undoOf, choice, choiceMessage }: RotationAnswer, words: Words): string {
  const who = undoOf === null ? words.say(choice, choiceMessage) : words.rotations.undoOf(undoOf)
  return who.charAt(0).toLocaleUpperCase() + who.slice(1)
}
