import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { aboutFile } from '../../messages/system-failure.ts'

/** The text of a file, or of standard input for `-`. */
export async function readInput(file: string): Promise<string> {
  if (file === '-') return text(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw aboutFile(error, file)
  }
}
