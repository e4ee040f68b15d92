import type { Command } from './command.ts'
import { targetArgument } from './options/options.ts'

export const login: Command = {
  name: 'login',
  description: 'Sign in to Webex, so that long rotations have a token that renews itself',
  setUp(command) {
    command
      .option('--device', 'sign in on another device, where this machine has no browser')
      .option('--port <number>', 'port of http://127.0.0.1:PORT/callback, as registered for the integration', '8788')
      .option('--target <url>', 'webex, or the URL of a service that signs in like it', targetArgument, 'webex')
      .option('--data <folder>', 'data folder of this machine')
      .addHelpText(
        'after',
        '\nThe integration registered on developer.webex.com goes into WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET (docs/webex-connection.md).',
      )
      .action(async options => (await import('./run-login.ts')).runLogin(options))
  },
}
