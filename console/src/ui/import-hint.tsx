import { useSite } from '../app/session.tsx'

/** The command that brings people in, to be copied. */
export function ImportHint() {
  const { siteUrl } = useSite()
  return <code className="command">roomkey people import people.csv --site {siteUrl}</code>
}
