/** Request headers: mostly an administrator's, sometimes anonymous, occasionally odd. */
import fc from 'fast-check'
import { oddly } from './rarely.ts'

/** @param tokens the administrator's first. */
export function headersFor(tokens: string[], sessions: string[]): fc.Arbitrary<[string, string][]> {
  const [administrator = '', ...others] = tokens
  const bearer = (token: string): [string, string] => ['Authorization', `Bearer ${token}`]
  const caller = fc.oneof(
    { weight: 10, arbitrary: fc.constant(bearer(administrator)) },
    { weight: 5, arbitrary: fc.constantFrom(...others).map(bearer) },
    { weight: 3, arbitrary: fc.constantFrom(...sessions).map((cookie): [string, string] => ['Cookie', cookie]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<[string, string]>(
        ['X-Nobody', '1'],
        ['Authorization', 'Basic YTpi'],
        ['Authorization', ''],
        bearer('x'.repeat(600)),
        ['Cookie', `roomkey_session=${'x'.repeat(43)}`],
        ['Cookie', ';;;=;roomkey_session'],
      ),
    },
  )
  const odd = fc.array(oddHeader, { maxLength: 3 })
  return fc.tuple(caller, oddly(odd, fc.constant<[string, string][]>([]), 3)).map(([first, more]) => [first, ...more])
}

const oddHeader: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.constantFrom<[string, string]>(
    ['Accept', 'application/problem+json'],
    ['Accept', 'text/html'],
    ['Accept', '\u00ff'],
    ['Host', 'elsewhere.test:99999'],
    ['Host', '[::1'],
    ['Host', 'a b%%%'],
    ['Host', ''],
    ['X-Forwarded-For', '127.0.0.1, ::1'],
    ['X-Forwarded-Host', '%%%'],
    ['X-Forwarded-Proto', 'gopher'],
    ['Idempotency-Key', '"one"'],
    ['Idempotency-Key', 'é'],
    ['Idempotency-Key', 'k'.repeat(300)],
    ['If-None-Match', '*'],
    ['Range', 'bytes=0-0,-1'],
    ['Content-Encoding', 'gzip'],
    ['Content-Encoding', 'identity'],
    ['Accept-Encoding', 'br;q=0, gzip'],
    ['Expect', '100-continue'],
    ['Expect', 'a-miracle'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade, keep-alive, close'],
    ['Origin', 'null'],
    ['X-Roomkey-Console', ''],
    ['Content-Type', 'application/json'],
    ['Transfer-Encoding', 'identity'],
  ),
  fc.tuple(fc.stringMatching(/^[A-Za-z-]{1,20}$/), fc.stringMatching(/^[ -~]{0,60}$/)),
)
