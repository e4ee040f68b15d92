/**
 * Every write but the batch itself, by name. A write is a function of the transaction and plain data, because on SQLite
 * it runs in the writer's thread and its arguments and result travel there and back.
 */

import { admitPeople, admitToSites } from './admit-people.ts'
import { writeDownAct } from './audit-events.ts'
import { changePerson, removePerson } from './change-person.ts'
import { changeCommonSettings } from './common-settings.ts'
import { fillDeliveries, forgetDelivered, replayDeliveries, settleDelivery, takeDue } from './deliveries.ts'
import { forgetOldAnswers } from './idempotency.ts'
import { markRoom } from './mark-room.ts'
import { addPeople } from './people.ts'
import { chooseDefaultSite, savePreference } from './preferences.ts'
import { markLetter, recordVerified } from './rotation-afterwards.ts'
import { approveRotation, recordPlanner } from './rotation-approval.ts'
import { copyItems, copyRotation } from './rotation-copies.ts'
import { leaveOutKept, leaveOutTwins, orderItems } from './rotation-order.ts'
import { keepRotation, recordEvent, releaseRotation, takeRotation } from './rotation-ownership.ts'
import { addItems, createRotation, dropRotation, failRotation, sealRotation } from './rotation-plans.ts'
import { beginBatch, settleMoves } from './rotation-runs.ts'
import { endSession, openSession } from './sessions.ts'
import { addSite, changeSite, createSite, lockSite, unlockSite } from './sites.ts'
import type { Db } from './tables.ts'
import { addToken, endToken, issueToken, revokeToken } from './tokens.ts'
import { finishFilling, insertRows } from './upkeep/fill.ts'
import { addWebhook, changeWebhook, removeWebhook } from './webhooks.ts'

export const writes = {
  addSite,
  lockSite,
  unlockSite,
  addPeople,
  addToken,
  revokeToken,
  forgetOldAnswers,
  savePreference,
  changeCommonSettings,
  createSite,
  changeSite,
  markRoom,
  issueToken,
  admitPeople,
  admitToSites,
  changePerson,
  removePerson,
  writeDownAct,
  chooseDefaultSite,
  addWebhook,
  changeWebhook,
  removeWebhook,
  fillDeliveries,
  takeDue,
  settleDelivery,
  replayDeliveries,
  forgetDelivered,
  endToken,
  openSession,
  endSession,
  insertRows,
  finishFilling,
  copyRotation,
  copyItems,
  createRotation,
  addItems,
  leaveOutTwins,
  leaveOutKept,
  orderItems,
  sealRotation,
  failRotation,
  dropRotation,
  recordVerified,
  markLetter,
  takeRotation,
  beginBatch,
  settleMoves,
  recordEvent,
  keepRotation,
  releaseRotation,
  recordPlanner,
  approveRotation,
} satisfies Record<string, (transaction: Db, args: never) => Promise<unknown>>

export type Writes = typeof writes
export type WriteName = keyof Writes
export type WriteArgs<Name extends WriteName> = Parameters<Writes[Name]>[1]
export type WriteResult<Name extends WriteName> = Awaited<ReturnType<Writes[Name]>>
