import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { columnNames } from '#roomkey/directory/files/column-names.js'
import { stateWords } from '#roomkey/directory/files/state/state-words.js'
import { stateOutcomes } from '#roomkey/directory/render-import.js'

it('docs/people-files.md shows every name of a column, every word for a state, and what an import does', () => {
  const page = readFileSync(new URL('../../docs/people-files.md', import.meta.url), 'utf8')
  const rows = page.split('\n').filter(line => line.startsWith('| '))
  const listed = [...Object.entries(columnNames), ...Object.entries(stateWords)].map(
    ([meaning, names]) => `| ${meaning} | ${names.join(', ')} |`,
  )
  const outcomes = Object.entries(stateOutcomes).map(
    ([state, { said, outcome }]) => `| ${state} | ${said} | ${outcome} |`,
  )
  expect(rows).toEqual(expect.arrayContaining([...listed, ...outcomes]))
})
