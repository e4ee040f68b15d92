import { Option } from '@commander-js/extra-typings'
import type { Command } from '../command.ts'
import { databaseOption, dataOption } from '../options/data-options.ts'
import { addresses, origins, rateLimit, wholeNumber } from '../options/options.ts'

export const serve: Command = {
  name: 'serve',
  description: 'Run the service',
  setUp(command) {
    command
      .addOption(new Option('--host <address>', 'address to listen on').env('HOST').default('127.0.0.1'))
      .addOption(
        new Option('--port <number>', 'port to listen on; 0 picks a free one')
          .env('PORT')
          .argParser(wholeNumber(0, 65535))
          .default(8787),
      )
      .addOption(dataOption())
      .addOption(databaseOption())
      .addOption(
        new Option('--rate-limit <n>', 'calls a minute per token, or off')
          .env('ROOMKEY_RATE_LIMIT')
          .argParser(rateLimit)
          .default(600),
      )
      .addOption(
        new Option(
          '--trust-proxy <addresses>',
          'addresses or networks of the proxies whose X-Forwarded-For, -Proto and -Host are trusted',
        )
          .env('ROOMKEY_TRUST_PROXY')
          .argParser(addresses),
      )
      .addOption(
        new Option('--cors <origins>', 'origins whose pages may call the service from a browser, separated by commas')
          .env('ROOMKEY_CORS')
          .argParser(origins),
      )
      .option(
        '--demo <people>',
        'create the demo site example.webex.com with that many people',
        wholeNumber(3, 10_000_000),
      )
      .addOption(
        new Option(
          '--sync-share <percent>',
          'share of the calls that a target allows for reading mirrored sites; 0 for none',
        )
          .env('ROOMKEY_SYNC_SHARE')
          .argParser(wholeNumber(0, 100))
          .default(20),
      )
      .option('--faults <file>', 'inject the faults of this script; only for testing clients')
      .option(
        '--test-endpoints',
        'for tests of programs that call it: a database in memory, and faults, clock, seeds and resets under /_roomkey',
      )
      .option('--seed <file>', 'what it holds from the start, as JSON; only with --test-endpoints')
      .option('--profile <file>', 'behave as the target that roomkey probe has asked; only with --test-endpoints')
      .addOption(
        new Option('--log <level>', 'lowest level that is logged, as JSON lines on standard error')
          .choices(['info', 'warn', 'error', 'silent'])
          .env('ROOMKEY_LOG')
          .default(process.stderr.isTTY ? 'warn' : 'info', 'warn on a terminal, else info'),
      )
      .addOption(
        new Option('--allow-private-webhooks', 'allow webhooks to addresses that are not public').env(
          'ROOMKEY_ALLOW_PRIVATE_WEBHOOKS',
        ),
      )
      .action(async options => (await import('./run-service.ts')).runService(options))
  },
}
