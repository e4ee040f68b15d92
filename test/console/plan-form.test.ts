import { describe, expect, it } from 'vitest'
import { readCsv } from '../../console/src/rotations/csv.ts'
import { changeForm, initialForm, isComplete, planWish } from '../../console/src/rotations/new/plan-form.ts'

const surroundings = {
  selected: ['ada@example.com'],
  selectionName: 'selection.csv',
  departments: ['Research', 'Sales'],
}
const people = await readCsv(new File(['email\nada@example.com\n'], 'people.csv'))
const idsText = '\ufeffemail\tPersonal Room URL\nada@example.com\texample.webex.com/meet/harbour-7\n'
const withIds = await readCsv(new File([Buffer.from(idsText, 'utf16le')], 'ids.csv'))
const fresh = initialForm({ asked: null, csv: null, target: 'self' })

describe('the form for a plan', () => {
  it('asks for rooms that can be guessed and random IDs at first', () => {
    expect(planWish(fresh, surroundings)).toEqual({
      request: {
        people: { who: 'guessable' },
        ids: { kind: 'random', prefix: '', bits: 60 },
        canary: 10,
        freeze: false,
        overwriteChanged: false,
        target: 'self',
      },
    })
  })

  it('takes the first department until another one is chosen', () => {
    const form = changeForm(fresh, { set: { who: 'department' } })
    expect(planWish(form, surroundings)).toHaveProperty('request.people', { who: 'department', department: 'Research' })
    const other = changeForm(form, { set: { department: 'Sales' } })
    expect(planWish(other, surroundings)).toHaveProperty('request.people', { who: 'department', department: 'Sales' })
  })

  it('sends those selected under Rooms as a list', () => {
    const form = initialForm({ asked: 'selected', csv: null, target: 'self' })
    expect(isComplete(form, surroundings)).toBe(true)
    expect(isComplete(form, { ...surroundings, selected: [] })).toBe(false)
    const listed = { who: 'listed', name: 'selection.csv', csv: 'email\nada@example.com\n' }
    expect(planWish(form, surroundings)).toHaveProperty('request.people', listed)
  })

  it('takes people and IDs out of a CSV that has both', () => {
    const form = changeForm(fresh, { takeCsv: withIds })
    expect(form).toMatchObject({ who: 'csv', kind: 'csv' })
    expect(initialForm({ asked: 'csv', csv: withIds, target: 'self' })).toMatchObject({ who: 'csv', kind: 'csv' })
    expect(planWish(form, surroundings)).toMatchObject({ listed: { ids: { kind: 'csv' } }, table: { name: 'ids.csv' } })
  })

  it('never asks for IDs of a CSV that it does not send, or that has none', () => {
    const form = changeForm(fresh, { takeCsv: withIds })
    expect(changeForm(form, { set: { who: 'everyone' } }).kind).toBe('random')
    expect(changeForm(form, { takeCsv: people }).kind).toBe('random')
    expect(changeForm(fresh, { takeCsv: people })).toMatchObject({ who: 'csv', kind: 'random' })
  })

  it('leaves out who is not on the site only where it is told to, for one list', () => {
    const form = changeForm(fresh, { takeCsv: people })
    expect(planWish(form, surroundings)).not.toHaveProperty('listed.allowUnmatched')
    const allowing = changeForm(form, { set: { allowUnmatched: true } })
    expect(planWish(allowing, surroundings)).toMatchObject({ listed: { allowUnmatched: true } })
    expect(planWish(changeForm(allowing, { set: { who: 'everyone' } }), surroundings)).not.toHaveProperty(
      'request.allowUnmatched',
    )
    expect(changeForm(allowing, { takeCsv: withIds }).allowUnmatched).toBe(false)
    expect(initialForm({ asked: 'csv', csv: people, target: 'self', allowUnmatched: true }).allowUnmatched).toBe(true)
  })

  it('needs a CSV where one is asked for, and ignores a choice that there is not', () => {
    expect(isComplete(initialForm({ asked: 'csv', csv: null, target: 'self' }), surroundings)).toBe(false)
    expect(initialForm({ asked: 'nobody', csv: null, target: 'self' }).who).toBe('guessable')
  })
})
