/** Reads back an audit that was written as JSON. */
import Value from 'typebox/value'
import { UserError } from '../../errors.ts'
import { Audit } from '../../wire/audit.ts'

/** @throws UserError when the text is not an audit in this format. */
export function readAudit(json: string, file: string): Audit {
  const audit = parse(json)
  if (!Value.Check(Audit, audit)) {
    throw new UserError(`${file} is not an audit in JSON: write one with "roomkey audit --json" and give that file.`)
  }
  return audit
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
