import type { Writable } from 'node:stream'
import { Option } from '@commander-js/extra-typings'
import { streamPrivateFile } from '../../files/private-file.ts'
import { writeReportCsv, writeReportJsonLines } from '../../rotations/afterwards/report.ts'
import { writeReportHtml } from '../../rotations/afterwards/report-html.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Db } from '../../store/tables.ts'
import type { Command } from '../command.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

const writers: Record<string, (db: Db, key: RotationKey, to: Writable) => Promise<void>> = {
  csv: writeReportCsv,
  jsonl: writeReportJsonLines,
  html: writeReportHtml,
}

export const report: Command = {
  name: 'report',
  description: 'Report who got which link, and notify the hosts',
  setUp(command) {
    rotationOptions(command)
      .addOption(
        new Option('--format <format>', 'format of the report').choices(['html', 'csv', 'jsonl']).default('html'),
      )
      .option('--out <file>', 'file to write (default: rotation-N.FORMAT); - for standard output')
      .option('--letters <folder>', 'write one e-mail per host to this folder, as .eml')
      .option('--language <languages>', 'language of the e-mails: en, de, fr, es, or several separated by commas', 'en')
      .option('--template <file>', 'your own e-mail: the subject on the first line, then the text')
      .option('--send', 'send the e-mails through the server in ROOMKEY_SMTP_URL, each at most once')
      .option('--from <address>', 'sender of the e-mails')
      .action((name, options) =>
        withRotations(options, async context => {
          const { store } = context
          const rotation = await requireRotation(context, name, options.site)
          if (options.letters !== undefined || options.send) {
            return (await import('./host-emails.ts')).notifyHosts(store, rotation, options)
          }
          const file = options.out ?? `rotation-${rotation.rotation}.${options.format}`
          const write = (to: Writable) => writers[options.format]!(store.db, keyOf(rotation), to)
          if (file === '-') return write(process.stdout)
          await streamPrivateFile(file, write)
          process.stdout.write(`${file} is written.\n`)
        }),
      )
  },
}
