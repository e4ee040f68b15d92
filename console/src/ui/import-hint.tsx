import { useSite } from '../data/session.ts'

/** The command that imports people. */
export function ImportHint() {
  const { siteUrl } = useSite()
  return <code className="command">roomkey people import people.csv --site {siteUrl}</code>
}
