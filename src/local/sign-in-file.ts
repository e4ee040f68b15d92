/** Sign-ins of this machine's user, readable by them alone. */
import { join } from 'node:path'
import type { SignInApp } from '../webex/sign-in.ts'
import type { SignedIn } from '../webex/token-source.ts'
import { readIfThere, writePrivateFile } from './private-file.ts'

export interface KeptSignIn {
  app: SignInApp
  signedIn: SignedIn
}

function file(folder: string): string {
  return join(folder, 'sign-in.json')
}

/** The sign-in for a target, where there is one that has not ended. */
export function readSignIn(folder: string, target: string): KeptSignIn | undefined {
  const kept = readAll(folder)[new URL(target).origin]
  return kept !== undefined && kept.signedIn.refreshExpiresAt > Date.now() ? kept : undefined
}

export function keepSignIn(folder: string, target: string, signIn: KeptSignIn): void {
  writePrivateFile(file(folder), JSON.stringify({ ...readAll(folder), [new URL(target).origin]: signIn }, null, 2))
}

function readAll(folder: string): Record<string, KeptSignIn> {
  try {
    return JSON.parse(readIfThere(file(folder)) ?? '{}')
  } catch {
    return {}
  }
}
