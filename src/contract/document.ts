/** A published document of operations with examples: requests and their expected answers. */
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { UserError } from '../errors.ts'

const Operation = Type.Object({
  operationId: Type.String(),
  method: Type.String(),
  path: Type.String(),
  requestExamples: Type.Optional(
    Type.Array(Type.Object({ contentType: Type.Optional(Type.String()), example: Type.Unknown() })),
  ),
  responseExamples: Type.Array(
    Type.Object({ status: Type.String(), contentType: Type.Optional(Type.String()), example: Type.Unknown() }),
  ),
})

export type Operation = Static<typeof Operation>
export type ResponseExample = Operation['responseExamples'][number]

const operation = Compile(Operation)

/** Reads one operation, or a list of them. @throws UserError that says what is missing. */
export function readDocument(text: string): Operation[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new UserError(`The document is not well-formed JSON: ${(error as Error).message}.`)
  }
  const entries = Array.isArray(document) ? document : [document]
  return entries.map((entry, index) => {
    if (operation.Check(entry)) return entry
    const fault = [...operation.Errors(entry)][0]
    throw new UserError(
      `Operation ${index + 1} does not have the published form (${fault?.instancePath || 'the whole'} ${fault?.message ?? ''}); it needs operationId, method, path and responseExamples.`,
    )
  })
}
