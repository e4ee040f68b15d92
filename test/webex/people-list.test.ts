/** The list of people: whole, or an error; an odd entry is one person with a fault. */
import { describe, expect, it } from 'vitest'
import { render } from '#roomkey/messages/render.js'
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import { readPerson } from '#roomkey/webex/calls/person.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { VirtualClock } from '../support/virtual-clock.ts'

const person = (number: number) => ({ id: `p${number}`, emails: [`p${number}@example.com`], siteUrls: ['s.webex.com'] })

/** Reads the list of a target that answers its pages like this. */
async function list(answer: (url: URL, call: number) => Response | Promise<Response>, base = 'https://api.example') {
  const clock = new VirtualClock()
  const urls: URL[] = []
  const fetch: Fetch = async address => {
    urls.push(new URL(address))
    return answer(urls.at(-1)!, urls.length)
  }
  const client = createWebexClient(base, { fetch, token: staticToken('t0ken'), clock })
  const ids: string[] = []
  const reading = (async () => {
    for await (const page of client.people()) ids.push(...page.map(({ personId }) => personId))
  })()
  const error = await clock.run(reading).then(
    () => null,
    (thrown: Error) => thrown,
  )
  return { ids, error, urls, notes: client.notes().map(note => render(note)) }
}

const page = (numbers: number[], link?: string) =>
  Response.json({ items: numbers.map(person) }, { headers: link === undefined ? {} : { link } })

describe('the list of people', () => {
  it.each([
    'https://api.example/v1/people?cursor=',
    'http://api.example/v1/people?cursor=',
    'https://api.example:8443/v1/people?cursor=',
    'https://other.example/v1/people?cursor=',
    '/v1/people?cursor=',
    '?cursor=',
  ])('is whole, and read at our own origin, where its next page is %s…', async address => {
    const { ids, error, urls, notes } = await list(url => {
      const at = Number(url.searchParams.get('cursor') ?? 0)
      // Empty pages do not end it.
      return page(at === 2 ? [] : [at], at < 4 ? `<${address}${at + 1}>; rel="next"` : undefined)
    })
    expect([error, ids]).toEqual([null, ['p0', 'p1', 'p3', 'p4']])
    expect(new Set(urls.map(({ origin }) => origin))).toEqual(new Set(['https://api.example']))
    const named = new URL(address, 'https://api.example/').origin
    expect(notes).toEqual(
      named === 'https://api.example'
        ? []
        : [
            `The list of people names its next page at ${named}. It was read at https://api.example all the same, and the token was sent nowhere else; a proxy seems to stand between.`,
          ],
    )
  })

  it.each([
    ['that is itself', () => '<?max=1000>; rel=next', 1, /its next page is one that was read already/],
    ['in a circle', (at: number) => `<?cursor=${(at + 1) % 3}>; rel=next`, 4, /one that was read already/],
    ['that repeats', (at: number) => `<?cursor=${Math.min(at + 1, 2)}>; rel=next`, 3, /one that was read already/],
    ['that cannot be read', () => '<http://[oops>; rel="next"', 1, /the link to its next page cannot be read/],
    ['that is no link', () => 'next page: 2', 1, /cannot be read \(next page: 2\)/],
  ])('with a next page %s is an error', async (_, link, pages, words) => {
    const { error, urls } = await list(url => {
      const at = Number(url.searchParams.get('cursor') ?? 0)
      return page([at], link(at))
    })
    expect(error).toMatchObject({ name: 'TargetError', kind: 'unexpected', message: expect.stringMatching(words) })
    expect(urls.length).toBeLessThanOrEqual(pages)
  })

  it('that goes on with the same people, or with nobody, is an error', async () => {
    for (const numbers of [[1, 2, 3], []]) {
      const { error, urls } = await list((_, call) => page(numbers, `<?cursor=${call}>; rel=next`))
      expect(error?.message).toMatch(/has no end/)
      expect(urls.length).toBeLessThan(110)
    }
  })

  const html = () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } })
  const cut = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"items": ['))
          controller.error(Object.assign(new Error(), { code: 'Z_DATA_ERROR' }))
        },
      }),
    )
  it.each([
    ['a web page', html, /about the people: a web page instead of data; a proxy or a sign-in page/],
    ['a web page that forbids', () => new Response('<html>', { status: 403 }), /about the people: status 403/],
    ['nothing', () => new Response(''), /about the people: an empty answer/],
    ['text', () => new Response('OK'), /about the people: something that is not JSON/],
    [
      'another shape',
      () => Response.json({ items: null }),
      /about the people: an answer of an unknown shape; make sure/,
    ],
    ['a list', () => Response.json([]), /an answer of an unknown shape/],
    ['no content', () => new Response(null, { status: 204 }), /about the people: status 204/],
    ['something cut', cut, /does not respond \(an answer whose compression is broken\)/],
    [
      'a redirect',
      () => new Response(null, { status: 307, headers: { location: 'https://trap.example/v1/people?secret=1' } }),
      /a redirect to https:\/\/trap.example \(307\); give the URL to which it should lead, as a redirect is never/,
    ],
  ])('is asked for again where the answer is once %s, and an error where it always is', async (_, odd, words) => {
    const once = await list((_, call) => (call === 1 ? odd() : page([1])))
    expect([once.error, once.ids]).toEqual([null, ['p1']])
    const always = await list(odd)
    expect(always.error).toMatchObject({ name: 'TargetError', message: expect.stringMatching(words) })
    expect(always.error?.message).not.toMatch(/scopes|secret/)
    expect(always.urls.length).toBeLessThanOrEqual(6)
    expect(new Set(always.urls.map(({ host }) => host))).toEqual(new Set(['api.example']))
  })
})

describe('an entry of the list', () => {
  const well = { ...person(7), displayName: 'P 7', firstName: 'P', lastName: '7', department: 'Sales' }
  it.each([
    // As good as left out.
    [{ displayName: null, firstName: null, lastName: null, department: null }, undefined],
    [{ invitePending: null, status: null, sipAddresses: null, created: null, id: null }, undefined],
    [{ phoneNumbers: 'unknown', sipAddresses: [] }, undefined],
    [{ emails: ['', 'p7@example.com'] }, undefined],
    // Of these, one row says why.
    [{ emails: null }, 'The list of people has no e-mail address of this person.'],
    [{ emails: undefined }, 'The list of people has no e-mail address of this person.'],
    [{ emails: [] }, 'The list of people has no e-mail address of this person.'],
    [{ emails: [''] }, 'The list of people has no e-mail address of this person.'],
    [{ emails: [null] }, 'The list of people shows something of this person in an unknown form: emails.'],
    [{ emails: 'p7@example.com' }, /unknown form: emails\./],
    [{ siteUrls: null }, 'The list of people does not say to which sites this person belongs.'],
    [{ siteUrls: 's.webex.com' }, /unknown form: siteUrls\./],
    [{ siteUrls: [null] }, /unknown form: siteUrls\./],
    [{ id: 7 }, /unknown form: id\./],
    [
      { displayName: { first: 'P' }, department: 3 },
      /unknown form: (displayName, department|department, displayName)\./,
    ],
    [{ invitePending: 0 }, /unknown form: invitePending\./],
    [{ sipAddresses: {} }, /unknown form: sipAddresses\./],
    [{ sipAddresses: [null] }, /unknown form: sipAddresses\./],
    [{ sipAddresses: [{ type: 'personal-room' }] }, /unknown form: sipAddresses\./],
  ] as [object, string | RegExp | undefined][])('with %j', (change, words) => {
    const { fault, email } = readPerson({ ...well, ...change })
    if (words === undefined) expect([fault, email]).toEqual([undefined, 'p7@example.com'])
    else expect(render(fault!)).toMatch(words)
  })

  it.each([null, 7, 'p7@example.com', [], true])('that is %j', entry => {
    expect(render(readPerson(entry).fault!)).toBe(
      `This entry of the list of people cannot be read: ${JSON.stringify(entry)}`,
    )
  })

  it('that leaves the sites out belongs to none, without a fault', () => {
    const { siteUrls: _, ...others } = well
    expect(readPerson(others)).toMatchObject({ sites: new Map() })
    expect(readPerson(others).fault).toBeUndefined()
  })
})
