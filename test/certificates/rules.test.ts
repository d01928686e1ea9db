import { describe, expect, test } from 'vitest'
import { newCode, readCode } from '#src/certificates/code.ts'
import { certificateRefusal, hoursOf } from '#src/certificates/rules.ts'

const meeting = (held: [minutes: number, attended: number][], state: 'completed' | 'recognised' | 'not_relevant' | null = 'completed') => ({
  title: 'Incontro',
  state,
  held: held.map(([minutes, attended]) => ({ minutes, attended })),
})

describe('hours', () => {
  test('a module held twice is offered once, by its longest session, and attended once, by the best attendance', () => {
    expect(hoursOf([meeting([[90, 30], [120, 80]])])).toMatchObject({ offered: 120, attended: 80 }) // biome-ignore format: pairs
  })
  test('nobody attends longer than the session lasted', () => {
    expect(hoursOf([meeting([[60, 95]])])).toMatchObject({ offered: 60, attended: 60, percent: 100 })
  })
  test('what was recognised, is not relevant or was never held counts on neither side', () => {
    const left = [meeting([[60, 0]], 'recognised'), meeting([[60, 0]], 'not_relevant'), meeting([])]
    expect(hoursOf([...left, meeting([[60, 45]])])).toMatchObject({ offered: 60, attended: 45, percent: 75 })
  })
  test('the percentage is rounded down', () => {
    expect(hoursOf([meeting([[480, 359]])]).percent).toBe(74)
  })
  test('of nothing offered, everything was attended', () => {
    expect(hoursOf([])).toMatchObject({ offered: 0, attended: 0, percent: 100 })
  })
})

describe('a certificate', () => {
  const hours = hoursOf([meeting([[100, 75]])])
  const claim = { completed: true, ended: false, holder: 'administration' as const, hours, threshold: 75 }
  const referent = { staff: false, referent: true, evidence: false }

  test('is issued at the threshold', () => {
    expect(certificateRefusal(claim)).toBeNull()
  })
  test('is not issued a point below the threshold', () => {
    expect(certificateRefusal({ ...claim, hours: hoursOf([meeting([[100, 74]])]) })).toBe('below_threshold')
  })
  test('is not issued before the pathway is completed', () => {
    expect(certificateRefusal({ ...claim, completed: false })).toBe('not_completed')
  })
  test('is not issued for an enrolment that ended before it was completed', () => {
    expect(certificateRefusal({ ...claim, completed: false, ended: true })).toBe('ended')
  })
  test('is never issued to staff, whatever they attended', () => {
    expect(certificateRefusal({ ...claim, holder: { ...referent, staff: true, evidence: true } })).toBe('staff')
  })
  test('is not issued to somebody who was never a referent of the administration', () => {
    expect(certificateRefusal({ ...claim, holder: { ...referent, referent: false } })).toBe('not_a_participant')
  })
  test('is not issued to a referent who was at no session', () => {
    expect(certificateRefusal({ ...claim, hours: hoursOf([meeting([[100, 0]])]), holder: referent })).toBe('not_a_participant')
  })
  test('of a pathway without meetings goes to a referent whose work it stands on', () => {
    expect(certificateRefusal({ ...claim, hours: hoursOf([]), holder: { ...referent, evidence: true } })).toBeNull()
  })
  test('of a pathway without meetings does not go to a referent who did nothing', () => {
    expect(certificateRefusal({ ...claim, hours: hoursOf([]), holder: referent })).toBe('not_a_participant')
  })
})

describe('a verification code', () => {
  test('has twelve signs in groups of four, none of which is taken for another', () => {
    for (let i = 0; i < 200; i += 1) expect(newCode()).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/)
  })
  test('is read in small letters, with spaces, with other dashes and without', () => {
    const read = ['abcd-efgh-jkmn', 'ABCDEFGHJKMN', ' ABCD efgh JKMN ', 'ABCD–EFGH–JKMN'].map(readCode)
    expect(new Set(read)).toEqual(new Set(['ABCD-EFGH-JKMN']))
  })
  test.each(['', 'ABCD', 'ABCD-EFGH-JKM0', 'ABCD-EFGH-JKMNP', '<script>'])('%j is none', (typed) => {
    expect(readCode(typed)).toBeNull()
  })
})
