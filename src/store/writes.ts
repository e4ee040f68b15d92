/**
 * Every write except the batch itself, by name. A write is a function of the transaction and plain data, because on
 * SQLite it runs in the writer's thread and its arguments and result are sent between threads.
 */

import { deleteEndedSessions, endSession, openSession } from './access/sessions.ts'
import { addToken, endToken, issueToken, revokeToken } from './access/tokens.ts'
import { recordAuditEvent } from './audit-log/audit-events.ts'
import { saveHostMeetings } from './meetings/affected.ts'
import { deleteOldMeetingReadings } from './meetings/forget-readings.ts'
import { addMeetings, deleteOldMeetings, removeMeeting } from './meetings/meetings.ts'
import { endList, refuseList } from './mirror/list-end.ts'
import { beginRound, saveListPage } from './mirror/list-page.ts'
import { saveReadings } from './mirror/readings.ts'
import { saveReadingsBeside } from './mirror/readings-beside.ts'
import { beginPass, endPass, keepSync, mirrorSite, releaseSync, takeSync, wantSync } from './mirror/sync-state.ts'
import { admitPeople, admitToSites } from './people/admit-people.ts'
import { changePerson, removePerson } from './people/change-person.ts'
import { addPeople } from './people/people.ts'
import { chooseDefaultSite, savePreference } from './people/preferences.ts'
import { deleteOldAnswers } from './refresh/idempotency.ts'
import { setRoomFlags } from './rooms/set-room-flags.ts'
import { approveRotation } from './rotations/approval.ts'
import { recordRotationAction } from './rotations/audit.ts'
import { beginBatch, settleMoves } from './rotations/batches.ts'
import { copyItems, copyRotation } from './rotations/copies.ts'
import { stopPlan, takePlan } from './rotations/drafts.ts'
import { recordLooks } from './rotations/looks.ts'
import { analyzeItems, leaveOutDuplicates, leaveOutRetained, orderItems } from './rotations/order.ts'
import { beginVerification, endVerification, markHostEmail, recordVerified } from './rotations/outcomes.ts'
import { askToStop, keepRotation, recordEvent, releaseRotation, takeRotation } from './rotations/ownership.ts'
import {
  addItems,
  createRotation,
  dropForgottenPlan,
  dropRotation,
  failRotation,
  sealRotation,
} from './rotations/plans.ts'
import { planRead } from './rotations/unread-items.ts'
import { changeCommonSettings } from './sites/common-settings.ts'
import { addSite, changeSite, createSite, lockSite, unlockSite } from './sites/sites.ts'
import type { Db } from './tables.ts'
import { finishFilling, insertRows } from './upkeep/fill.ts'
import { fillDeliveries, replayDeliveries, settleDelivery } from './webhooks/deliveries.ts'
import { takeDue } from './webhooks/due.ts'
import { deleteOldDeliveries } from './webhooks/old-deliveries.ts'
import { addWebhook, changeWebhook, removeWebhook } from './webhooks/webhooks.ts'

export const writes = {
  addSite,
  lockSite,
  unlockSite,
  addPeople,
  addToken,
  revokeToken,
  deleteOldAnswers,
  savePreference,
  changeCommonSettings,
  createSite,
  changeSite,
  setRoomFlags,
  issueToken,
  admitPeople,
  admitToSites,
  changePerson,
  removePerson,
  recordAuditEvent,
  chooseDefaultSite,
  addWebhook,
  changeWebhook,
  removeWebhook,
  fillDeliveries,
  takeDue,
  settleDelivery,
  replayDeliveries,
  deleteOldDeliveries,
  endToken,
  openSession,
  endSession,
  deleteEndedSessions,
  insertRows,
  finishFilling,
  copyRotation,
  copyItems,
  recordLooks,
  createRotation,
  addItems,
  analyzeItems,
  leaveOutDuplicates,
  leaveOutRetained,
  orderItems,
  planRead,
  takePlan,
  stopPlan,
  sealRotation,
  failRotation,
  dropRotation,
  dropForgottenPlan,
  recordVerified,
  beginVerification,
  endVerification,
  markHostEmail,
  takeRotation,
  beginBatch,
  settleMoves,
  recordEvent,
  askToStop,
  keepRotation,
  releaseRotation,
  recordRotationAction,
  approveRotation,
  mirrorSite,
  takeSync,
  keepSync,
  releaseSync,
  beginRound,
  saveListPage,
  endList,
  refuseList,
  beginPass,
  endPass,
  saveReadings,
  saveReadingsBeside,
  wantSync,
  addMeetings,
  removeMeeting,
  deleteOldMeetings,
  saveHostMeetings,
  deleteOldMeetingReadings,
} satisfies Record<string, (transaction: Db, args: never) => Promise<unknown>>

/**
 * Writes that begin by locking the row that all of their kind begin with: the lease of a rotation, or the sites that get
 * people. They wait for each other there, and unique keys judge everything else that they could race for, so that
 * PostgreSQL can run them under READ COMMITTED. Under SERIALIZABLE, the workers of one run would make each other fail.
 */
export const lockingWrites: ReadonlySet<WriteName> = new Set<WriteName>([
  'beginBatch',
  'recordLooks',
  'settleMoves',
  'recordEvent',
  'keepRotation',
  'releaseRotation',
  'admitPeople',
  'admitToSites',
])

export type Writes = typeof writes
export type WriteName = keyof Writes
export type WriteArgs<Name extends WriteName> = Parameters<Writes[Name]>[1]
export type WriteResult<Name extends WriteName> = Awaited<ReturnType<Writes[Name]>>
