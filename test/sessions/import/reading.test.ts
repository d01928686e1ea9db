import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAttendance } from '#src/sessions/attendance/import/read/read.ts'
import { bytesOf, frameOf, ignoredIn, meeting, minutesRead, utf16 } from './support.ts'

describe('Teams', () => {
  const since2022 = `1. Riepilogo
Titolo della riunione\t"Incontro di ""prova""
(marzo)"
Partecipanti\t2
Ora di inizio\t02/03/26, 08:58:00

2. Partecipanti
Nome\tPrima partecipazione\tUltima uscita\tDurata in riunione\tPosta elettronica\tID partecipante (UPN)\tRuolo
Verdi, Anna (Esterno)\t02/03/26, 09:00:00\t02/03/26, 10:00:00\t40m\tanna@ente.example\tanna@ente.example\tRelatore
Ugo Neri\t02/03/26, 09:30:00\t\t\tugo@ente.example\tugo@ente.example\tRelatore

3. Attività in riunione
Nome\tOra partecipazione\tOra uscita\tDurata\tPosta elettronica\tRuolo
Verdi, Anna (Esterno)\t02/03/26, 09:00:00\t02/03/26, 09:20:00\t20m\tanna@ente.example\tRelatore
Verdi, Anna (Esterno)\t02/03/26, 09:40:00\t02/03/26, 10:00:00\t20m\tanna@ente.example\tRelatore

4. Coinvolgimento
Nome\tTipo\tOra
Ugo Neri\tMicrofono\t02/03/26, 09:31:00
`
  const expected = { 'Ugo Neri': 30, 'Verdi, Anna (Esterno)': 40 }

  test('sections that tell the same minutes count once, and whoever never left stays until the end', () => {
    expect(minutesRead(since2022)).toEqual(expected)
  })

  test.each([
    ['UTF-8 with BOM', bytesOf(`\uFEFF${since2022}`)],
    ['UTF-16 little-endian', utf16(since2022)],
    ['UTF-16 big-endian', utf16(since2022, { bigEndian: true })],
    ['UTF-16 little-endian without BOM', utf16(since2022, { bom: false })],
    ['UTF-16 big-endian without BOM', utf16(since2022, { bigEndian: true, bom: false })],
    ['Windows-1252', Uint8Array.from(since2022, (letter) => letter.charCodeAt(0))],
    ['semicolons, as Excel saves it again', bytesOf(since2022.replaceAll('\t', ';'))],
  ])('read in %s', (_, bytes) => {
    expect(minutesRead(bytes)).toEqual(expected)
  })

  test('without the third section, nobody was there longer than the second says', () => {
    expect(minutesRead(since2022.slice(0, since2022.indexOf('3. ')))).toEqual(expected)
  })

  test('headers in a language we do not speak are found by the dates below them', () => {
    const finnish = `2. Osallistujat
Nimi\tLiittyi\tPoistui\tKesto\tSähköposti
Aino Virta\t2.3.2026 klo\t\t\t
Aino Virta\t02.03.2026, 09:00:00\t02.03.2026, 09:45:00\t45 min\taino@ente.example
`
    expect(minutesRead(finnish)).toEqual({ 'Aino Virta': 45 })
  })

  test('the list of 2020 in Italian, between tabs with commas in the dates', () => {
    const list = `Nome completo\tAzione utente\tData e ora
Rossi, Rosa\tPartecipante prima\t2/3/2026, 09:05:00
Rossi, Rosa\tUscito\t2/3/2026, 09:25:00
Luca Verdi\tPartecipante\t2/3/2026, 09:30:00
Rossi, Rosa\tPartecipante\t2/3/2026, 09:50:00
Ada Neri\tUscito\t2/3/2026, 09:59:00
`
    expect(minutesRead(list)).toEqual({ 'Rossi, Rosa': 30, 'Luca Verdi': 30 })
    expect(ignoredIn(list)).toEqual(['6 left_without_joining'])
  })
})

describe('Zoom', () => {
  const rows = [
    'Nome (nome originale),E-mail,Ora di ingresso,Ora di uscita,Durata (minuti),Guest,Consenso,In sala d’attesa',
    'Ufficio (Rosa Greco),rosa@ente.example,"03/02/2026 09:00:00 AM","03/02/2026 09:20:00 AM",20,No,No Response,No',
    'Ospite,,"03/02/2026 08:50:00 AM","03/02/2026 09:10:00 AM",20,Sì,,No Response,Sì',
    'Ospite,,"03/02/2026 09:10:00 AM","03/02/2026 09:30:00 AM",20,Sì,,OK,No',
    'Rosa Greco,rosa@ente.example,"03/02/2026 09:10:00 AM","03/02/2026 09:40:00 AM",30,No,No Response,No',
  ].join('\n')
  const summary =
    'Argomento,ID,Ora di inizio,Ora di fine,E-mail\nProva,1,"03/02/2026 08:50:00 AM","03/02/2026 10:00:00 AM",x@ente.example\n\n'

  test('stays of one address are one person’s, under the name shown first, the others remembered', () => {
    const read = readAttendance(bytesOf(summary + rows), meeting)
    expect(read).toMatchObject({
      provider: 'zoom',
      participants: [
        { name: 'Ufficio', otherNames: ['Rosa Greco'], email: 'rosa@ente.example' },
        { name: 'Ospite', otherNames: [], email: null },
      ],
    })
    expect(minutesRead(summary + rows)).toEqual({ Ufficio: 40, Ospite: 20 })
  })

  test('the waiting room is no presence, also where guests have a cell more than the header', () => {
    expect(ignoredIn(summary + rows)).toEqual(['6 waiting_room'])
  })

  test('a webinar’s blocks are all read, less those who did not come', () => {
    const webinar = `Attendee Report
Host Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)
Yes,Paolo,paolo@ente.example,03/02/2026 09:00:00 AM,03/02/2026 10:00:00 AM,60
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Join Time,Leave Time,Time in Session (minutes)
Yes,RG,Rosa,Greco,rosa@ente.example,02/20/2026 09:00:00 PM,03/02/2026 09:00:00 AM,03/02/2026 09:30:00 AM,30
No,Lino,Lino,Neri,lino@ente.example,02/20/2026 09:00:00 PM,--,--,--
`
    expect(minutesRead(webinar)).toEqual({ Paolo: 60, RG: 30 })
    expect(ignoredIn(webinar)).toEqual(['8 not_attended'])
  })
})

describe('Meet, BigBlueButton and plain lists', () => {
  test('Meet: times without date are the session’s day’s, a masked address is none', () => {
    const read = readAttendance(
      bytesOf('First name,Last name,Email,Duration,Time joined,Time exited\nRosa,Greco,r****@ente.example,30 min,9:10 AM,9:40 AM\n'),
      meeting,
    )
    expect(read).toMatchObject({ provider: 'google_meet', participants: [{ name: 'Rosa Greco', email: null }] })
  })

  test('times without date may run over midnight', () => {
    const late = frameOf('2026-03-02 23:00', '2026-03-03 01:00')
    expect(minutesRead('Nome,Entrata,Uscita\nRosa Greco,23:30,00:30\n', late)).toEqual({ 'Rosa Greco': 60 })
  })

  test('BigBlueButton: talking and webcam time are no presence', () => {
    const dashboard = `Name,Moderator,Activity Score,Talk time,Webcam time,Join,Left,Duration
Rosa Greco,FALSE,5,00:01:00,00:00:00,"2026/03/02, 09:00:00","2026/03/02, 09:30:00",00:30:00
`
    expect(minutesRead(dashboard)).toEqual({ 'Rosa Greco': 30 })
  })

  test('names, addresses and minutes in Italian; a duration that cannot be read is unknown, not zero', () => {
    const list = 'Cognome;Nome;E-mail;Minuti\nGreco;Rosa;rosa@ente.example;45\nVerdi;Luca;luca@ente.example;boh\nNeri;Ugo;;0\n'
    expect(minutesRead(list)).toEqual({ 'Rosa Greco': 45, 'Ugo Neri': 0 })
    expect(ignoredIn(list)).toEqual(['3 unreadable_duration'])
  })

  test('a row with an unreadable time, without a name, or that leaves before it joins says so', () => {
    const list = `Nome,E-mail,Ingresso,Uscita
Rosa Greco,,ieri,2026-03-02 09:30
,,2026-03-02 09:00,2026-03-02 09:30
Ugo Neri,,2026-03-02 09:40,2026-03-02 09:30
Luca Verdi,,2026-03-02 09:00,2026-03-02 09:30
`
    expect(minutesRead(list)).toEqual({ 'Luca Verdi': 30 })
    expect(ignoredIn(list)).toEqual(['2 unreadable_time', '3 no_name', '4 leaves_before_joining'])
  })

  test('a time with its own offset is not the zone’s', () => {
    expect(minutesRead('Name,Join,Left\nRosa,2026-03-02T08:00:00Z,2026-03-02T08:30:00Z\n')).toEqual({ Rosa: 30 })
  })

  test('the hour that comes twice in October is not lost', () => {
    const night = frameOf('2026-10-25 01:30', '2026-10-25 04:00')
    expect(minutesRead('Name,Join,Left\nRosa,25/10/2026 01:30,25/10/2026 04:00\n', night)).toEqual({ Rosa: 210 })
  })
})

describe('which of day and month comes first', () => {
  const list = (date: string) => `Nome,Ingresso,Uscita\nRosa,"${date} 09:00","${date} 09:30"\n`

  test.each([
    ['02/03/2026', 'the day'],
    ['03/02/2026', 'the month'],
    ['2026-03-02', 'the year'],
    ['2.3.26', 'the day, briefly'],
    ['2 marzo 2026', 'a month in Italian'],
    ['Mar 2, 2026', 'a month in English'],
  ])('%s is the session’s day with %s first', (date) => {
    expect(minutesRead(list(date))).toEqual({ Rosa: 30 })
  })

  test.each([
    ['04/03/2026', '2026-03-04 2026-04-03'],
    ['14/11/22', '2022-11-14'],
  ])('%s is another day', (date, detail) => {
    expect(minutesRead(list(date))).toEqual({ refusal: 'other_day', detail })
  })

  test('one row that can only be day first decides for the file', () => {
    const both = `Nome,Ingresso,Uscita\nRosa,03/02/2026 09:00,03/02/2026 09:30\nUgo,25/02/2026 09:00,25/02/2026 09:30\n`
    expect(minutesRead(both)).toMatchObject({ refusal: 'other_day' })
  })

  test('a file that fits the session either way is refused', () => {
    const long = frameOf('2026-02-03 09:00', '2026-03-02 10:00')
    expect(minutesRead(list('02/03/2026'), long)).toEqual({ refusal: 'ambiguous', detail: '2026-03-02 2026-02-03' })
  })
})

describe('what is no attendance', () => {
  const zipped = Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00])

  test.each([
    ['an empty file', '', { refusal: 'empty' }],
    ['a spreadsheet renamed', zipped, { refusal: 'binary' }],
    ['a file over 30 MB', new Uint8Array(30 * 1024 * 1024 + 1).fill(65), { refusal: 'too_large' }],
    ['millions of empty lines', `Nome,Minuti\nRosa,30${'\n'.repeat(3_000_000)}x`, { refusal: 'too_large' }],
    ['a letter', 'Gentile collega,\nti scrivo per dirti che non verrò.\n', { refusal: 'unknown_shape' }],
    ['a table of something else', 'Codice,Comune\nH703,Salerno\n', { refusal: 'unknown_shape' }],
    ['headers alone', 'Nome,E-mail,Minuti\n', { refusal: 'no_rows' }],
    ['a file cut in a quoted field', 'Nome,Ingresso,Uscita\nRosa,"02/03/2026 09:00","02/03/20', { refusal: 'cut', detail: '2' }],
    ['a file cut within a row', 'Nome,Ingresso,Uscita\nRosa,02/03/2026 09:00,02/03/2026 09:30\nUgo,02/0', { refusal: 'cut', detail: '3' }],
    ['a quote that never closes', 'Nome,Minuti\nRosa,30\n"Ugo,40\nAda,50\n', { refusal: 'cut', detail: '3' }],
    ['UTF-16 cut within a letter', utf16('Nome\tMinuti\nRosa\t30\n').slice(0, -1), { refusal: 'cut', detail: '2' }],
  ])('%s', (_, content, refusal) => {
    expect(minutesRead(content)).toEqual(refusal)
  })

  test('no bytes at all make it throw', () => {
    const whole = bytesOf('Nome,E-mail,Ingresso,Uscita\nRosa,rosa@ente.example,"02/03/2026 09:00",02/03/2026 09:30\n')
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.uint8Array({ maxLength: 40 }))
      .map(([at, noise]) => Uint8Array.from([...whole.slice(0, at), ...noise, ...whole.slice(at)]))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged), (bytes) => void readAttendance(bytes, meeting)),
      { numRuns: 500 },
    )
  })

  test('no text between the cells makes it throw', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Nome',
        'E-mail',
        'Minuti',
        'Join',
        'Left',
        '2. X',
        '02/03/2026 09:00',
        '99/99/9999 99:99',
        '1:1',
        '45',
        '"',
        'a@b.c',
      ),
    )
    const rows = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 })
    fc.assert(
      fc.property(rows, (cells) => void readAttendance(bytesOf(cells.map((row) => row.join(',')).join('\n')), meeting)),
      { numRuns: 500 },
    )
  })
})
