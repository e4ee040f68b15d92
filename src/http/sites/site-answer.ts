import type { Site, SiteChange } from '../../store/sites/sites.ts'
import type { SiteAnswer } from '../../wire/sites.ts'

/** A site as `/api` and the command line show it. */
export function siteAnswer(site: Site, now: number): SiteAnswer {
  return {
    siteUrl: site.url,
    generationMethod: site.generation_method,
    prefix: site.id_prefix,
    length: site.id_length,
    quarantineDays: site.quarantine_days,
    allowCustomUrl: site.allow_custom_url === 1,
    minimumStrength: site.minimum_strength,
    movedPage: site.moved_page === 1,
    needsApproval: site.needs_approval === 1,
    recordHolder: site.record_holder,
    target: site.target,
    createdAt: new Date(site.created_at).toISOString(),
    lockedUntil: site.lock_until !== null && site.lock_until > now ? new Date(site.lock_until).toISOString() : null,
  }
}

/** Whether a change is to how rooms get their IDs, or how links are answered, which a mirrored site leaves to its target. */
export function changesRooms(changes: SiteChange['changes']): boolean {
  const { prefix: _prefix, length: _length, needsApproval: _needsApproval, ...others } = changes
  return Object.keys(others).length > 0
}
