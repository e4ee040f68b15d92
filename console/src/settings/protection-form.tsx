import Button from '@momentum-design/components/react/button/index.js'
import Toggle from '@momentum-design/components/react/toggle/index.js'
import { useState } from 'react'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { useWords } from '../shell/preferences.tsx'
import { Outcome } from './outcome.tsx'
import { useChangeSite } from './use-change-site.ts'

/** What keeps IDs safe once they are given: quarantine, self-service, strength, dead links. */
export function ProtectionForm({ site }: { site: SiteAnswer }) {
  const words = useWords()
  const text = words.settings
  const [guards, setGuards] = useState({
    quarantineDays: site.quarantineDays,
    allowCustomUrl: site.allowCustomUrl,
    minimumStrength: site.minimumStrength,
    movedPage: site.movedPage,
  })
  const change = useChangeSite(site.siteUrl)
  const number = (name: 'quarantineDays' | 'minimumStrength', label: string, about: string, most: number) => (
    <label className="field">
      {label}
      <input
        type="number"
        min={0}
        max={most}
        value={guards[name]}
        onChange={event => setGuards({ ...guards, [name]: Number(event.target.value) })}
      />
      <span>{about}</span>
    </label>
  )
  return (
    <section className="card stack">
      <h2>{text.guards}</h2>
      {number('quarantineDays', text.quarantine, text.quarantineAbout, 3650)}
      <Toggle
        label={text.custom}
        helpText={text.customAbout}
        checked={guards.allowCustomUrl}
        onChange={() => setGuards({ ...guards, allowCustomUrl: !guards.allowCustomUrl })}
      />
      {number('minimumStrength', text.minimum, text.minimumAbout, 128)}
      <Toggle
        label={text.moved}
        helpText={text.movedAbout}
        checked={guards.movedPage}
        onChange={() => setGuards({ ...guards, movedPage: !guards.movedPage })}
      />
      <div className="actions">
        <Button disabled={change.isPending} onClick={() => change.mutate(guards)}>
          {words.save}
        </Button>
        <Outcome change={change} />
      </div>
    </section>
  )
}
