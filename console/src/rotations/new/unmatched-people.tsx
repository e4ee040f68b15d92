import { Refused } from '../../data/call.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Notice } from '../../ui/notice.tsx'
import type { CardProps } from './card-props.ts'

export interface Unmatched {
  /** The first of them, each with the line of the list: `ada@example.com (line 3)`. */
  people: string[]
  /** All of them. */
  count: number
}

/** Whom a refusal names because the list has them and the site has not; null for any other error. */
export function unmatchedIn(error: unknown): Unmatched | null {
  if (!(error instanceof Refused)) return null
  const message = error.faults.find(each => each.message?.code === 'unmatchedPeople')?.message
  if (message == null) return null
  const { people, count } = message.params
  return { people: Array.isArray(people) ? people.map(String) : [String(people)], count: Number(count) }
}

/** People of the list who are not on the site, line by line, and a box to leave them out. */
export function UnmatchedPeople({ form, onChange, unmatched }: CardProps & { unmatched: Unmatched | null }) {
  const text = useWords().planForm
  const format = useFormat()
  return (
    <Notice tone="warning" role="alert">
      {unmatched !== null && (
        <>
          <p>{text.unmatched(unmatched.count, format.integer)}</p>
          <ul className="plain-list">
            {unmatched.people.map(person => (
              <li key={person}>{person}</li>
            ))}
            {unmatched.count > unmatched.people.length && (
              <li>{text.unmatchedMore(unmatched.count - unmatched.people.length, format.integer)}</li>
            )}
          </ul>
        </>
      )}
      <label className="tick-line">
        <input
          type="checkbox"
          checked={form.allowUnmatched}
          onChange={event => onChange({ allowUnmatched: event.target.checked })}
        />
        {text.allowUnmatched}
      </label>
    </Notice>
  )
}
