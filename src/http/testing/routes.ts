/** The calls under /_roomkey: there with `serve --test-endpoints` alone. Anyone who reaches the service may use them. */
import Type from 'typebox'
import { ErrorAnswer } from '../../wire/errors.ts'
import {
  ClockAnswer,
  ClockChange,
  FaultRule,
  RecordedCall,
  Seed,
  SeedAnswer,
  SignInChange,
  StandingRule,
} from '../../wire/testing.ts'
import { text } from '../../wire/text.ts'
import type { App } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { checkedFault } from './checked.ts'
import { describeTesting } from './openapi.ts'
import type { TestControl } from './test-control.ts'

const publicCall = { config: { access: 'public' as const } }
/** A seed of a hundred thousand people. */
const maxSeedBytes = 64 * 2 ** 20
const named = Type.Object({ name: text('The name of the snapshot.', 128) })
const refusals = { '4xx': ErrorAnswer }

export function testing(app: App, control: TestControl): void {
  app.register(
    async scope => {
      const calls = scope as unknown as App
      describeTesting(calls)

      calls.post(
        '/reset',
        { ...publicCall, schema: describe('Go back to the start', { response: { 204: Type.Null() } }) },
        async (_, reply) => {
          await control.reset()
          return reply.code(204).send(null)
        },
      )
      calls.post(
        '/seed',
        {
          ...publicCall,
          bodyLimit: maxSeedBytes,
          schema: describe('Add people, tokens and webhooks', {
            body: Seed,
            response: { 200: SeedAnswer, ...refusals },
          }),
        },
        async request => control.seed(request.body),
      )
      calls.put(
        '/snapshots/:name',
        { ...publicCall, schema: describe('Keep what there is', { params: named, response: { 204: Type.Null() } }) },
        async (request, reply) => {
          await control.snapshot(request.params.name)
          return reply.code(204).send(null)
        },
      )
      calls.post(
        '/snapshots/:name/restore',
        {
          ...publicCall,
          schema: describe('Put a snapshot back', { params: named, response: { 204: Type.Null(), ...refusals } }),
        },
        async (request, reply) => {
          await control.restore(request.params.name)
          return reply.code(204).send(null)
        },
      )
      calls.get(
        '/calls',
        {
          ...publicCall,
          schema: describe('List the calls that came in', {
            querystring: Type.Object({ call: Type.Optional(text('Those of this name alone.')) }),
            response: { 200: Type.Object({ items: Type.Array(RecordedCall) }) },
          }),
        },
        async request => ({ items: control.calls(request.query.call) }),
      )
      calls.delete(
        '/calls',
        { ...publicCall, schema: describe('Forget the calls that came in', { response: { 204: Type.Null() } }) },
        async (_, reply) => {
          control.recorded.clear()
          return reply.code(204).send(null)
        },
      )
      calls.post(
        '/faults',
        {
          ...publicCall,
          attachValidation: true,
          schema: describe('Add a fault', { body: FaultRule, response: { 201: StandingRule, ...refusals } }),
        },
        async (request, reply) => reply.code(201).send(control.addFault(checkedFault(request.body))),
      )
      calls.get(
        '/faults',
        {
          ...publicCall,
          schema: describe('List the faults', { response: { 200: Type.Object({ items: Type.Array(StandingRule) }) } }),
        },
        async () => ({ items: control.rules.list() }),
      )
      calls.delete(
        '/faults',
        { ...publicCall, schema: describe('Remove every fault', { response: { 204: Type.Null() } }) },
        async (_, reply) => {
          control.rules.clear()
          return reply.code(204).send(null)
        },
      )
      calls.delete(
        '/faults/:id',
        {
          ...publicCall,
          schema: describe('Remove a fault', {
            params: Type.Object({ id: text('The ID of the rule.') }),
            response: { 204: Type.Null(), ...refusals },
          }),
        },
        async (request, reply) => {
          if (!control.rules.remove(request.params.id)) throw refuse(404, 'There is no fault of that ID.')
          return reply.code(204).send(null)
        },
      )
      calls.patch(
        '/sign-in',
        {
          ...publicCall,
          schema: describe('Change how signing in goes', { body: SignInChange, response: { 204: Type.Null() } }),
        },
        async (request, reply) => {
          control.signIn.change(request.body)
          return reply.code(204).send(null)
        },
      )
      calls.post(
        '/sign-in/expire',
        {
          ...publicCall,
          schema: describe('End every access token that signing in has given', { response: { 204: Type.Null() } }),
        },
        async (_, reply) => {
          await control.signIn.endAccessTokens()
          return reply.code(204).send(null)
        },
      )
      calls.get(
        '/clock',
        { ...publicCall, schema: describe('Get the time', { response: { 200: ClockAnswer } }) },
        async () => control.time(),
      )
      calls.patch(
        '/clock',
        {
          ...publicCall,
          schema: describe('Set, move, stop or scale the clock', {
            body: ClockChange,
            response: { 200: ClockAnswer, ...refusals },
          }),
        },
        async request => control.changeClock(request.body),
      )
    },
    { prefix: '/_roomkey' },
  )
}

/** Described in an OpenAPI file of their own. */
function describe<Schema extends object>(summary: string, schema: Schema) {
  return { summary, hide: true, ...schema }
}
