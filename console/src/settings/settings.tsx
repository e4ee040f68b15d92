import { useSession, useSite } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { ChooseSites } from '../mirror/choose-sites.tsx'
import { Page } from '../ui/page.tsx'
import { IdRuleForm } from './id-rule-form.tsx'
import { ProtectionForm } from './protection-form.tsx'
import { Tokens } from './tokens.tsx'
import { WebexConnection } from './webex-connection.tsx'
import { Webhooks } from './webhooks.tsx'

export function Settings() {
  const words = useWords()
  const site = useSite()
  const { who } = useSession()
  return (
    <Page title={words.app.places.settings}>
      <div className="columns">
        {site.recordHolder === 'held' && <IdRuleForm key={`ids ${site.siteUrl}`} site={site} />}
        <ProtectionForm key={`guards ${site.siteUrl}`} site={site} />
      </div>
      <WebexConnection />
      <ChooseSites />
      {who.scopes.includes('spark:webhooks_read') && <Webhooks />}
      <Tokens />
    </Page>
  )
}
