/** Replays a published document, and shows the results. */
import { readDocument } from '../contract/document.ts'
import { type Replayed, replay } from '../contract/replay.ts'
import { exitCodes, UserError } from '../errors.ts'
import { normalBaseUrl } from '../webex/calls/calls.ts'
import { readInput } from './options/read-input.ts'
import { tokenFor, urlOf } from './options/target.ts'
import { explainingTarget } from './options/target-route.ts'

export interface ContractOptions {
  target?: string | undefined
  data?: string | undefined
  json?: true | undefined
}

export async function runContract(file: string, options: ContractOptions): Promise<void> {
  const operations = readDocument(await readInput(file))
  const url = urlOf(options)
  const token = await explainingTarget(() => tokenFor(url, options).token())
  const results: Replayed[] = []
  for (const operation of operations) {
    results.push(
      ...(await replay(operation, { baseUrl: normalBaseUrl(url), token, fetch }).catch((error: Error) => {
        throw new UserError(
          `${url} does not answer (${(error.cause as Error | undefined)?.message ?? error.message}); start the service or check --target.`,
          exitCodes.targetRefused,
        )
      })),
    )
  }
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : renderResults(results))
  if (results.some(({ outcome }) => outcome === 'differs')) process.exitCode = exitCodes.refusedItems
}

function renderResults(results: Replayed[]): string {
  const lines = results.flatMap(({ operationId, status, outcome, about, differences }) => [
    `${operationId}, ${status}: ${outcome} (${about})`,
    ...differences.map(difference => `    ${difference}`),
  ])
  const count = (outcome: Replayed['outcome']) => results.filter(result => result.outcome === outcome).length
  return `${lines.join('\n')}\n${count('agrees')} agree, ${count('differs')} differ, ${count('not tried')} not tried\n`
}
