import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { ExampleAnswer } from '../../../src/wire/examples.ts'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call, query } from '../data/call.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { StrengthBadge } from '../ui/badge.tsx'
import { Choice } from '../ui/choice.tsx'
import { wordsForError } from '../ui/states.tsx'
import { Outcome } from './outcome.tsx'
import { useChangeSite } from './use-change-site.ts'

const prefixPattern = /^[A-Za-z][A-Za-z0-9._-]{0,15}$/
const minLength = 8
const maxLength = 40

type Method = SiteAnswer['generationMethod']

/** How the site makes new IDs, with examples for people of the site. */
export function IdRuleForm({ site }: { site: SiteAnswer }) {
  const words = useWords()
  const text = words.settings
  const [rule, setRule] = useState({
    generationMethod: site.generationMethod,
    prefix: site.prefix,
    length: site.length,
  })
  const change = useChangeSite(site.siteUrl)
  const isGood = prefixPattern.test(rule.prefix) && rule.length >= minLength && rule.length <= maxLength
  const isNumbered = rule.generationMethod === 'random' || rule.generationMethod === 'meetingNumber'
  return (
    <section className="card stack">
      <div>
        <h2>{text.ids}</h2>
        <p className="quiet">{text.idsAbout}</p>
      </div>
      <Choice
        label={text.method}
        value={rule.generationMethod}
        options={Object.entries(words.methods).map(([value, label]) => ({ value, label }))}
        onChange={value => setRule({ ...rule, generationMethod: value as Method })}
      />
      {isNumbered && (
        <div className="form-row">
          <label className="field">
            {text.prefix}
            <input
              value={rule.prefix}
              maxLength={16}
              aria-invalid={!prefixPattern.test(rule.prefix)}
              onChange={event => setRule({ ...rule, prefix: event.target.value })}
            />
            {!prefixPattern.test(rule.prefix) && <span className="bad-text">{text.badPrefix}</span>}
          </label>
          {rule.generationMethod === 'random' && (
            <label className="field">
              {text.length}
              <input
                type="number"
                min={minLength}
                max={maxLength}
                value={rule.length}
                onChange={event => setRule({ ...rule, length: Number(event.target.value) })}
              />
            </label>
          )}
        </div>
      )}
      {isGood && <Examples siteUrl={site.siteUrl} rule={rule} />}
      <div className="actions">
        <ActionButton disabled={!isGood} busy={change.isPending} onClick={() => change.mutate(rule)}>
          {words.save}
        </ActionButton>
        <Outcome change={change} />
      </div>
    </section>
  )
}

interface Rule {
  generationMethod: Method
  prefix: string
  length: number
}

function Examples({ siteUrl, rule }: { siteUrl: string; rule: Rule }) {
  const words = useWords()
  const asked = useDeferredValue(rule)
  const examples = useQuery({
    queryKey: ['examples', siteUrl, asked],
    queryFn: ({ signal }) =>
      call<{ items: ExampleAnswer[] }>(
        'GET',
        `/api/sites/${encodeURIComponent(siteUrl)}/examples${query({ ...asked })}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="examples" aria-live="polite">
      <h3>{words.settings.examples}</h3>
      {examples.error && <p className="bad-text">{wordsForError(examples.error, words)}</p>}
      {examples.data?.items.length === 0 && <p className="quiet">{words.settings.noExamples}</p>}
      <ul>
        {!examples.error &&
          examples.data?.items.map(({ displayName, personalMeetingRoomId, strength }) => (
            <li key={displayName}>
              <span>{displayName}</span> <code className="break">{personalMeetingRoomId}</code>{' '}
              <StrengthBadge strength={strength} />
            </li>
          ))}
      </ul>
    </div>
  )
}
