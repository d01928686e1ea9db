import { describe, expect, test } from 'vitest'
import { readAttendance } from '#src/sessions/attendance/import/read/read.ts'
import { bytesOf, frameOf, ignoredIn, meeting, minutesByAddress, minutesRead } from './support.ts'

const header = 'Nome,E-mail,Ingresso,Uscita\n'
const stay = (name: string, from = '09:00', until = '09:30') => `${name},,2026-03-02 ${from},2026-03-02 ${until}\n`

describe('empty rows', () => {
  test.each(['\n', ',,,\n', '\n\n \n'])('%j within a table is no end of it', (gap) => {
    expect(minutesRead(`${header}${stay('Rosa')}${gap}${stay('Ugo')}${stay('Ada')}`)).toEqual({ Rosa: 30, Ugo: 30, Ada: 30 })
  })

  test('rows after it that cannot be read are among the ignored', () => {
    expect(ignoredIn(`${header}${stay('Rosa')}\nUgo,,ieri,oggi\nAda,,,\n${stay('Ida')}`)).toEqual([
      '4 unreadable_time',
      '5 unreadable_duration',
    ])
  })

  test('the same header again, as when two files are joined, is none of the rows', () => {
    const joined = `${header}${stay('Rosa')}\n${header}${stay('Ugo')}`
    expect([minutesRead(joined), ignoredIn(joined)]).toEqual([{ Rosa: 30, Ugo: 30 }, []])
  })
})

describe('an open stay', () => {
  const list = (...rows: string[]) => `Full Name\tUser Action\tTimestamp\n${rows.join('\n')}\n`
  const report = (end: string, rest = '') =>
    `1. Summary\nMeeting title\t\nAttended participants\t2\nStart time\t3/2/26, 8:58:00 AM\n${end}\n2. Participants\n` +
    `Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\nUgo\t3/2/26, 9:10:00 AM\t\t\tugo@ente.example\n${rest}`
  const ada = 'Ada\t3/2/26, 9:00:00 AM\t3/2/26, 9:40:00 AM\t40m\tada@ente.example\n'

  test('ends when the report says that the meeting ended', () => {
    expect(minutesRead(report('End time\t3/2/26, 9:50:00 AM\n', ada))).toEqual({ Ugo: 40, Ada: 40 })
  })

  test('ends with the last leave where the report says no end', () => {
    expect(minutesRead(report('', ada))).toEqual({ Ugo: 30, Ada: 40 })
  })

  test('never ends after the session', () => {
    expect(minutesRead(report('End time\t3/2/26, 11:00:00 AM\n', ada))).toEqual({ Ugo: 50, Ada: 40 })
  })

  test('ends with the session where the report says nothing', () => {
    expect(minutesRead(report(''))).toEqual({ Ugo: 50 })
  })

  test('ends with the session in a list, which is taken while the meeting goes on', () => {
    const rows = ['Rosa\tJoined\t3/2/2026, 9:00:00 AM', 'Ugo\tJoined\t3/2/2026, 9:10:00 AM', 'Rosa\tLeft\t3/2/2026, 9:45:00 AM']
    expect(minutesRead(list(...rows))).toEqual({ Rosa: 45, Ugo: 50 })
  })

  test('ends with the session where somebody joins last: the meeting went on', () => {
    const rows = ['Rosa\tJoined\t3/2/2026, 9:00:00 AM', 'Rosa\tLeft\t3/2/2026, 9:10:00 AM', 'Ugo\tJoined\t3/2/2026, 9:20:00 AM']
    expect(minutesRead(list(...rows))).toEqual({ Rosa: 10, Ugo: 40 })
  })
})

describe('durations', () => {
  test('a stay is no longer than the duration stated beside it', () => {
    const meet = 'First name,Last name,Email,Duration,Time joined,Time exited\nRosa,Greco,,20 min,9:00 AM,10:00 AM\n'
    const plain = 'Nome,Ingresso,Uscita,Minuti\nRosa Greco,2026-03-02 09:00,2026-03-02 10:00,20\n'
    expect([minutesRead(meet), minutesRead(plain)]).toEqual([{ 'Rosa Greco': 20 }, { 'Rosa Greco': 20 }])
  })

  test('nor longer than it was where the duration says more', () => {
    expect(minutesRead('Nome,Ingresso,Uscita,Minuti\nRosa,2026-03-02 09:00,2026-03-02 09:20,60\n')).toEqual({ Rosa: 20 })
  })

  test('minutes without times add up, to no more than the session', () => {
    const list = 'Nome,Minuti\nRosa,20\nUgo,40\nRosa,25\nUgo,40\n'
    expect(minutesRead(list)).toEqual({ Rosa: 45, Ugo: 60 })
  })
})

describe('headers and marks', () => {
  test('marks that nobody sees are not read', () => {
    const list = `Na\u200Eme,E\u2011mail,\u200FJoin\u00A0Time,Leave\u202FTime\nRosa,,\u200E"3/2/2026, 9:00:00\u202FAM",\u200E3/2/2026\u00A09:45:00\u202FAM\u200F\n`
    expect(minutesRead(list)).toEqual({ Rosa: 45 })
  })

  test.each([
    ['French', 'Nom\tPremière participation\tDernier départ\tDurée\tE-mail'],
    ['German', 'Name\tErster Beitritt\tZuletzt gegangen\tDauer\tE-Mail'],
    ['Spanish', 'Nombre\tPrimera unión\tÚltima salida\tDuración\tCorreo electrónico'],
    ['Portuguese', 'Nome\tPrimeira entrada\tÚltima partida\tDuração da reunião\tE-mail'],
  ])('Teams in %s: the other time is the dates beside the one that is known', (_, headers) => {
    const report = `1. X\n\n2. Y\n${headers}\nRosa\t02/03/2026, 09:00:00\t02/03/2026, 09:45:00\t\trosa@ente.example\n`
    expect(minutesByAddress(report)).toEqual({ 'rosa@ente.example': 45 })
  })

  test('dates that stand elsewhere are no time of leaving', () => {
    expect(minutesRead('Iscritto il,Nome,Join\n2026-02-01 09:00,Rosa,2026-03-02 09:15\n')).toEqual({ Rosa: 45 })
  })

  test('of two addresses the second counts where the first is empty, the organiser’s never', () => {
    const list = `Nome,E-mail,E-mail,Host email,Minuti\nRosa,,rosa@ente.example,capo@ente.example,30\nUgo,ugo@ente.example,u@ente.example,capo@ente.example,20\nAda,,,capo@ente.example,10\n`
    expect(minutesByAddress(list)).toEqual({ 'rosa@ente.example': 30, 'ugo@ente.example': 20, Ada: 10 })
  })
})

test('a row of another day is ignored, with its reason', () => {
  const list = `${header}${stay('Rosa')}Ugo,,2026-03-03 09:00,2026-03-03 09:30\nAda,,2026-03-01 09:00,\n`
  expect([minutesRead(list), ignoredIn(list)]).toEqual([{ Rosa: 30 }, ['3 other_day', '4 other_day']])
})

test('a session over midnight has rows of both days', () => {
  const night = frameOf('2026-03-02 23:00', '2026-03-03 01:00')
  expect(ignoredIn(`${header}${stay('Rosa', '23:00', '23:30')}Ugo,,2026-03-03 00:10,2026-03-03 00:30\n`, night)).toEqual([])
})

test.each([
  ['"=HYPERLINK(""http://x.example"",""Rosa"")"', 'HYPERLINK("http://x.example","Rosa")'],
  ['+cmd|calc', 'cmd|calc'],
  ['@SUM(A1)', 'SUM(A1)'],
  ['=-+Rosa', 'Rosa'],
])('a name that would run as a formula, %s, is plain text', (typed, name) => {
  const read = readAttendance(bytesOf(`Nome,E-mail,Minuti\n${typed},=x@ente.example,30\n`), meeting)
  expect(read).toMatchObject({ participants: [{ name, email: null }] })
})
