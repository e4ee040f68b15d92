/** The two options that say where Roomkey's data is, worded alike for every command. */
import { Option } from '@commander-js/extra-typings'

export function dataOption() {
  return new Option('--data <folder>', 'data folder of this machine').env('ROOMKEY_DATA')
}

export function databaseOption() {
  return new Option('--database <url>', 'sqlite:PATH or postgres://… (default: roomkey.sqlite in the data folder)').env(
    'DATABASE_URL',
  )
}
