/** The service as a whole. */
import { integer } from '../numbers.ts'

export const service = {
  waitSeconds: 'Wait {seconds} seconds before the next call.',
  tooMuchOfToken: 'This token has as much of this going on as it may; ask again in {seconds} seconds.',
  tooMuchOfSite: 'As much of this goes on for this site as may at once; ask again in {seconds} seconds.',
  tooMuchOfProcess: 'The service does as much of this as it can at once; ask again in {seconds} seconds.',
  rehearsalTooLarge: 'The rehearsal needs more memory than the service gives one; rehearse it with roomkey rehearse.',
  stopping: 'The service is stopping.',
  stoppingRuns: 'The service is stopping; ask again once it is running.',
  databaseUnavailable: 'The database cannot be reached or written now.',
  bodyTooLarge: ({ kibibytes }: { kibibytes: number }) =>
    `The body is larger than ${integer(kibibytes)} KiB, the most that this call takes.`,
  bodyTooManyFields: ({ most }: { most: number }) =>
    `The body has more than ${integer(most)} fields and items, which is more than any call takes.`,
  queryTooManyFields: ({ most }: { most: number }) =>
    `The query has more than ${integer(most)} fields, which is more than any call takes.`,
  moreFaults: ({ told }: { told: number }) => `There is more that is wrong: these are the first ${integer(told)}.`,
  tableTooLarge: ({ mebibytes }: { mebibytes: number }) =>
    `The table is larger than ${integer(mebibytes)} MiB; send it in parts.`,
  tableMediaType: 'Send the table as one of {types}.',
  tableCutOff: 'The table was cut off on its way; send it again.',
  tableNotKept: 'The service cannot keep the table while it reads it: its disk for temporary files is full.',
  tableUnreadable: 'The table cannot be used: {reason}',
  importFaulty: ({ rows, good }: { rows: number; good: number }) =>
    `${integer(rows)} ${rows === 1 ? 'row' : 'rows'} cannot be imported, so nothing was; fix them, or add the other ${integer(good)} with partial=true.`,
  importFault: 'Line {line}: {fault}',
  planNotJson: 'plan in the query must be JSON.',
  bodyEmpty: 'The body is empty; send JSON.',
  bodyMediaType: 'Send the body as application/json.',
  bodyMalformed: 'The request is not well-formed JSON.',
  notFound: 'There is nothing at {path}.',
  notSupported: 'Webex may have {path}; Roomkey does not. What it has is listed at /docs/supported.md.',
  faultServerError: 'The fault script asked for this failure.',
  faultHalfApplied: 'The fault script asked for half of the batch to be applied.',
  faultWait: 'The fault script asks you to wait.',
  unexpected: 'The request failed for a reason that is not in the request; find the trackingId in the log.',
} as const
