/** `Link` as targets, and the proxies before them, write it. */
import { describe, expect, it } from 'vitest'
import { nextPage } from '#roomkey/webex/calls/next-page.js'

const from = 'https://api.example/v1/people?max=1000'
const next = 'https://api.example/v1/people?cursor=2'

describe('Link', () => {
  it.each([
    // The end of the list.
    [null, null],
    ['', null],
    [' , ,', null],
    ['<https://api.example/v1/people?cursor=2>; rel="prev"', null],
    ['<https://api.example/v1/people?cursor=2>', null],
    ['<https://api.example/v1/people?cursor=2>; rel=""', null],
    ['<https://api.example/v1/people?cursor=2>; rel="nextpage"', null],
    ['<https://api.example/v1/people?cursor=2>; rel="prev"; rel="next"', null],
    ['<https://api.example/v1/people?cursor=2>; title="rel=next"', null],
    ['<https://api.example/v1/people?cursor=2>; rel=next; anchor="/v1/rooms"', null],
    // The next page.
    [`<${next}>; rel="next"`, next],
    [`<${next}>; rel=next`, next],
    [`<${next}>;rel=next`, next],
    [`  < ${next} > ; rel = "next" ; `.trim(), next],
    [`<${next}>; REL="NEXT"`, next],
    [`<${next}>; rel="prev next"`, next],
    [`<${next}>; rel="\tnext\tlast "`, next],
    [`<${next}>; title="a, <b>; \\"c\\""; rel="next"`, next],
    [`<${next}>;; rel="next";`, next],
    [`<${next}>; crossorigin; rel="next"`, next],
    [`</v1/people?cursor=1>; rel="prev", <${next}>; rel="next"`, next],
    [`<${next}>; rel="next", </v1/people?cursor=9>; rel="last"`, next],
    [`</a,b?c=1,2>; rel=first,<${next}>;rel=next`, next],
    [', <a>; rel=x,, <?cursor=2>; rel="next" ,', next],
    ['<?cursor=2>; rel="next"', next],
    ['</v1/people?cursor=2>; rel="next"', next],
    ['<people?cursor=2>; rel="next"', next],
    [`<${next}#top>; rel="next"`, next],
    ['<https://api.example:443/v1/people?cursor=2>; rel="next"', next],
    ['<HTTPS://API.EXAMPLE/v1/people?cursor=2>; rel="next"', next],
    ['<>; rel="next"', from],
    ['</v1/people?cursor=a%2Cb%3D%3E>; rel="next"', 'https://api.example/v1/people?cursor=a%2Cb%3D%3E'],
    ['</v1/people?cursor=2&amp=1>; rel="next"', 'https://api.example/v1/people?cursor=2&amp=1'],
    // A target that takes itself for another: path and query at our own origin.
    ['<http://api.example/v1/people?cursor=2>; rel="next"', next, 'http://api.example'],
    ['<https://api.example:8443/v1/people?cursor=2>; rel="next"', next, 'https://api.example:8443'],
    ['<http://10.0.0.7:8080/v1/people?cursor=2>; rel="next"', next, 'http://10.0.0.7:8080'],
    ['<https://evil.example/v1/people?cursor=2>; rel="next"', next, 'https://evil.example'],
    ['<//evil.example/v1/people?cursor=2>; rel="next"', next, 'https://evil.example'],
    ['<https://user:word@evil.example/v1/people?cursor=2>; rel="next"', next, 'https://evil.example'],
    ['<https://user:word@api.example/v1/people?cursor=2>; rel="next"', next],
    [
      '<https://evil.example\\@api.example/x>; rel="next"',
      'https://api.example/@api.example/x',
      'https://evil.example',
    ],
    // No address, or no link.
    ['<http://[oops>; rel="next"', undefined],
    ['<javascript:alert(1)>; rel="next"', undefined],
    ['<file:///v1/people?cursor=2>; rel="next"', undefined],
    ['<mailto:a@b.example>; rel="next"', undefined],
    [`${next}; rel="next"`, undefined],
    [`<${next}; rel="next"`, undefined],
    [`<${next}>; rel="next`, undefined],
    [`<${next}> rel="next"`, undefined],
    ['{"next": 2}', undefined],
  ] as [string | null, string | null | undefined, string?][])('%j', (header, url, named) => {
    expect(nextPage(header, from)).toEqual(url == null ? url : { url, named: named ?? null })
  })

  it('behind a proxy that takes the beginning of the path away keeps it', () => {
    const behind = 'https://proxy.example/webex/v1/people?max=1000'
    expect(nextPage('<https://webexapis.com/v1/people?cursor=2>; rel="next"', behind)).toEqual({
      url: 'https://proxy.example/webex/v1/people?cursor=2',
      named: 'https://webexapis.com',
    })
    expect(nextPage('<https://proxy.example/webex/v1/people?cursor=2>; rel=next', behind)?.url).toBe(
      'https://proxy.example/webex/v1/people?cursor=2',
    )
  })
})
