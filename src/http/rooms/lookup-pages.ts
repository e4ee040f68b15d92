/** The two pages behind a room's link: plain, small, and loading nothing from elsewhere. */

export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function livePage({
  personalMeetingRoomLink,
  sipAddress,
}: Record<'personalMeetingRoomLink' | 'sipAddress', string>) {
  return page(
    'Personal meeting room',
    `<p>This room is open under <b>${personalMeetingRoomLink}</b>.</p><p>From a video system: ${sipAddress}</p>`,
  )
}

export function deadPage(words: string): string {
  return page('Room not found', `<p>${words}</p>`)
}

/** Every value consists of letters, digits, "-", "." and "_" or is written here, so nothing needs escaping. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}</style>
</head>
<body><h1>${title}</h1>${body}</body>
</html>
`
}
