import { Page } from '../parts/page.tsx'
import { useWords } from '../shell/preferences.tsx'
import { useSite } from '../shell/session.tsx'
import { IdRuleForm } from './id-rule-form.tsx'
import { ProtectionForm } from './protection-form.tsx'
import { Target } from './target.tsx'
import { Tokens } from './tokens.tsx'

export function Settings() {
  const words = useWords()
  const site = useSite()
  return (
    <Page title={words.shell.places.settings}>
      <div className="columns">
        <IdRuleForm key={`ids ${site.siteUrl}`} site={site} />
        <ProtectionForm key={`guards ${site.siteUrl}`} site={site} />
      </div>
      <Target />
      <Tokens />
    </Page>
  )
}
