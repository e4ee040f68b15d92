/** The pages that ask who somebody is. */
import { roles } from '../../../wire/access.ts'

const style =
  'body{font:16px system-ui;max-width:26rem;margin:4rem auto;padding:0 1rem}label{display:block;margin:1rem 0}input,select{display:block;font:inherit;padding:.4rem;width:100%;box-sizing:border-box}button{font:inherit;padding:.4rem 1rem;margin-right:.5rem}'

/** @param action where the form goes, relative to /v1 @param given what it carries along */
export function signInPage(action: 'authorize' | 'device/verify', given: Record<string, string | undefined>): string {
  const { user_code: userCode = '', ...hidden } = given
  const carried = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value ?? '')}">`,
  )
  const code = `<label>Code<input name="user_code" value="${escaped(userCode)}" required></label>`
  return page(`<h1>Sign in to the stand-in</h1>
<p>This is Roomkey in place of Webex, for tests: whoever you say you are, you are.</p>
<form method="post" action="/v1/${action}">${carried.join('')}${action === 'authorize' ? '' : code}
<label>E-mail address<input name="who" type="email" autofocus></label>
<label>Role<select name="role">${roles.map(role => `<option>${role}</option>`).join('')}</select></label>
<button>Accept</button>${action === 'authorize' ? '<button name="decline" value="1" formnovalidate>Decline</button>' : ''}
</form>`)
}

export const thanksPage = page('<h1>Signed in</h1><p>Go back to the other device.</p>')

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title><style>${style}</style><body>${body}</body></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, each => `&#${each.charCodeAt(0)};`)
}
