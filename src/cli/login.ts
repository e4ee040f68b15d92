import type { Command } from './command.ts'
import { dataOption } from './options/data-options.ts'
import { targetArgument } from './options/options.ts'

export const login: Command = {
  name: 'login',
  description: 'Sign in to Webex with a token that renews itself, for long rotations',
  setUp(command) {
    command
      .option('--device', 'sign in on another device, if this machine has no browser')
      .option('--service-app <id>', 'sign in as this service app; needs --organization and WEBEX_APP_TOKEN')
      .option('--organization <id>', 'the organization that has authorized the service app')
      .option('--port <number>', 'port of the registered redirect URI http://127.0.0.1:PORT/callback', '8788')
      .option('--target <url>', 'webex, or the URL of a service with the same sign-in', targetArgument, 'webex')
      .addOption(dataOption())
      .addHelpText(
        'after',
        '\nSet WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET to those of your integration on developer.webex.com (docs/webex-connection.md).',
      )
      .action(async options => (await import('./run-login.ts')).runLogin(options))
  },
}
