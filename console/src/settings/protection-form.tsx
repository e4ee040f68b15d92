import Toggle from '@momentum-design/components/react/toggle/index.js'
import { useState } from 'react'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Outcome } from './outcome.tsx'
import { useChangeSite } from './use-change-site.ts'

/** How IDs are protected: quarantine, self-service, minimum strength, old links, a second administrator. */
export function ProtectionForm({ site }: { site: SiteAnswer }) {
  const words = useWords()
  const text = words.settings
  const [guards, setGuards] = useState({
    quarantineDays: site.quarantineDays,
    allowCustomUrl: site.allowCustomUrl,
    minimumStrength: site.minimumStrength,
    movedPage: site.movedPage,
    needsApproval: site.needsApproval,
  })
  const change = useChangeSite(site.siteUrl)
  const mirrored = site.recordHolder === 'mirrored'
  const number = (name: 'quarantineDays' | 'minimumStrength', label: string, about: string, max: number) => (
    <label className="field">
      {label}
      <input
        type="number"
        min={0}
        max={max}
        value={guards[name]}
        onChange={event => setGuards({ ...guards, [name]: Number(event.target.value) })}
      />
      <span>{about}</span>
    </label>
  )
  const toggle = (name: 'allowCustomUrl' | 'movedPage' | 'needsApproval', label: string, about: string) => (
    <Toggle
      label={label}
      helpText={about}
      checked={guards[name]}
      onChange={() => setGuards({ ...guards, [name]: !guards[name] })}
    />
  )
  return (
    <section className="card stack">
      <h2>{text.guards}</h2>
      {mirrored ? (
        <p className="quiet">{words.mirror.rulesElsewhere}</p>
      ) : (
        <>
          {number('quarantineDays', text.quarantine, text.quarantineAbout, 3650)}
          {toggle('allowCustomUrl', text.custom, text.customAbout)}
          {number('minimumStrength', text.minimum, text.minimumAbout, 128)}
          {toggle('movedPage', text.moved, text.movedAbout)}
        </>
      )}
      {toggle('needsApproval', text.approval, text.approvalAbout)}
      <div className="actions">
        <ActionButton
          busy={change.isPending}
          onClick={() => change.mutate(mirrored ? { needsApproval: guards.needsApproval } : guards)}
        >
          {words.save}
        </ActionButton>
        <Outcome change={change} />
      </div>
    </section>
  )
}
