import { Option } from '@commander-js/extra-typings'
import type { Command } from '../command.ts'
import { addresses, rateLimit, wholeNumber } from '../options/options.ts'

export const serve: Command = {
  name: 'serve',
  description: 'Run the service',
  setUp(command) {
    command
      .addOption(new Option('--host <address>', 'address to listen on').env('HOST').default('127.0.0.1'))
      .addOption(
        new Option('--port <number>', 'port to listen on, 0 for any free one')
          .env('PORT')
          .argParser(wholeNumber(0, 65535))
          .default(8787),
      )
      .addOption(new Option('--data <folder>', 'folder for the database and the first token').env('ROOMKEY_DATA'))
      .addOption(
        new Option('--database <url>', 'sqlite:PATH or postgres://… (default: roomkey.sqlite in the data folder)').env(
          'DATABASE_URL',
        ),
      )
      .addOption(
        new Option('--rate-limit <n>', 'calls a minute per token, or off')
          .env('ROOMKEY_RATE_LIMIT')
          .argParser(rateLimit)
          .default(600),
      )
      .addOption(
        new Option(
          '--trust-proxy <addresses>',
          'addresses or networks of the proxies in front, whose X-Forwarded-For, -Proto and -Host count',
        )
          .env('ROOMKEY_TRUST_PROXY')
          .argParser(addresses),
      )
      .option('--demo <people>', 'make the demo site example.webex.com with so many people', wholeNumber(3, 10_000_000))
      .option('--faults <file>', 'go wrong on purpose, as this script says: for testing clients only')
      .addOption(
        new Option('--log <level>', 'what goes to the log, as JSON lines on standard error')
          .choices(['info', 'warn', 'error', 'silent'])
          .env('ROOMKEY_LOG')
          .default(process.stderr.isTTY ? 'warn' : 'info'),
      )
      .addOption(
        new Option('--allow-private-webhooks', 'let webhooks lead to addresses that are not public').env(
          'ROOMKEY_ALLOW_PRIVATE_WEBHOOKS',
        ),
      )
      .action(async options => (await import('./run-service.ts')).runService(options))
  },
}
