import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { frameOf, ignoredIn, minutesByAddress, minutesRead } from './support.ts'

// Exports as trainers really get them; the folder is not part of the repository. The tables below were written by eye.
const folder = new URL('../../../../shared/data/attendance/', import.meta.url)
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)))

describe.skipIf(!existsSync(folder))('exports as they come', () => {
  test('Teams of 2020: joined and left, some never left', () => {
    expect(minutesRead(read('teams_v0_2021_attendancelist_en_us.csv'), frameOf('2020-11-04 09:50', '2020-11-04 10:10'))).toEqual({
      'Gregory Spahlinger': 19,
      'Kray Thorn': 16,
      'James Collins': 19,
      'Mike News': 19,
      'Manuel Dos': 16,
      'Carry Ram': 16,
      'Ann Sanwich': 19,
      'Don Joey': 19,
      'Saran Rome': 19,
      'Mo Husser': 19,
      'Alex Mavis': 19,
      'Jon Chires': 15,
      'Ron Jon': 15,
      'Perry Stutter': 18,
      'Jay Search': 15,
      'James Gilmore': 18,
      'Mia Davies': 18,
      'Ken Brooker': 15,
      'Shaun Island': 14,
      'Isaac Newton': 14,
      'Kyree Bronze': 17,
      'Levy Tracher': 14,
      'George Single': 13,
      'Joe Jarami': 13,
      'George Martha': 13,
      'Mars Tayling': 12,
      'Walt Addams': 14,
      'Ivan The Terrible': 14,
      'Vanessa Barber': 14,
      'Candy Rome': 10,
      'Tower Thorn': 10,
      'Jeb Bush': 9,
      'Jerry Cantrell': 12,
      'Ronald Reagan': 11,
      'Muhammad Ali Davis': 6,
      'Kestings Lewis': 8,
      'Song Howard': 4,
      'John Carmack': 3,
    })
  })

  test('Teams of 2022: two sections that tell the same minutes', () => {
    expect(minutesRead(read('teams_v2_2022_en_utf16be_dvaneynde_14.csv'), frameOf('2022-11-14 09:30', '2022-11-14 10:00'))).toEqual({
      'JANSSENS JAN (EXT)': 19,
      'Johnny Walker': 19,
      'García Simón, Pedro': 19,
      'Jacek Woityla': 19,
      'Igor Landis': 18,
      'Fred Primus': 17,
      'De Compostela, Santiago': 14,
    })
  })

  test('Teams of 2026: rejoins, an open stay, people without address', () => {
    expect(minutesRead(read('teams_v3_2026_en_us_synthetic_utf16le.csv'), frameOf('2026-09-22 15:00', '2026-09-22 18:00'))).toEqual({
      'Alex Organizer': 180,
      'Doe, Jane (External)': 180,
      '[Comune di Esempio] Sam Rivera (Unverified)': 120,
      '15550100123 (Unverified)': 153,
      'Omar Open': 170,
      'Rita Rejoin': 90,
    })
  })

  test('Teams of 2026: an open stay ends with the meeting, at 18:11:26', () => {
    const minutes = minutesRead(read('teams_v3_2026_en_us_synthetic_utf16le.csv'), frameOf('2026-09-22 15:00', '2026-09-22 19:00'))
    expect(minutes).toMatchObject({ 'Alex Organizer': 191, 'Omar Open': 181 })
  })

  test('Zoom in English, with a summary above and rejoins', () => {
    const name = 'zoom_en_zoomclass_participants_full_with_summary.csv'
    expect(minutesRead(read(name), frameOf('2021-11-19 10:00', '2021-11-19 12:00'))).toEqual({
      '015_Loki': 120,
      '019_Mockingbird': 112,
      '014_Clea': 9,
      '003_Power Girl': 111,
      '010_Cyborg Superman': 83,
      '018_Blizzard II': 111,
      '011_Green Goblin': 110,
      '005_Donna Troy': 110,
      '025_ERG-1': 110,
      '020_Alan Scott': 109,
      '009_Juggernaut': 109,
      '013_Thunderbird II': 2,
      '024_Silverclaw': 108,
      '008_Simon Baz': 108,
      '023_Warp': 108,
      '007_Birdman': 108,
      '016_Isis': 106,
      '017_Swarm': 105,
      '027_Jason Bourne': 104,
      '004_Angel Salvadore': 104,
      '006_Phoenix': 100,
      '001_Magus': 75,
      '021_Winter Soldier': 0,
      '022_Dazzler': 28,
      '012_Shang-Chi': 3,
      '002_She-Thing': 22,
      '026_Redeemer II': 95,
    })
  })

  const italian = 'zoom_it_2025_mattina_pseudonymised.csv'
  const morning = frameOf('2025-08-07 09:00', '2025-08-07 13:00')

  test('Zoom in Italian: month first, a stay a row, one name with two addresses', () => {
    // Two addresses show the name "Persona 02", and are kept apart.
    expect(minutesByAddress(read(italian), morning)).toEqual({
      'persona.03@esempio.it': 187,
      'persona.02@esempio.it': 52,
      'Persona 04': 236,
      'Persona 05': 232,
      'Persona 06': 102,
    })
  })

  test('Zoom in Italian: the waiting room is no presence', () => {
    expect(ignoredIn(new TextDecoder().decode(read(italian)), morning)).toEqual(['6 waiting_room', '8 waiting_room', '10 waiting_room'])
  })

  test('Zoom in Italian, for a session of another day', () => {
    expect(minutesRead(read(italian), frameOf('2025-09-07 09:00', '2025-09-07 13:00'))).toEqual({
      refusal: 'other_day',
      detail: '2025-07-08 2025-08-07',
    })
  })

  test('a Zoom webinar: host, panelist and attendees, those who came', () => {
    const name = 'zoom_webinar_attendee_report_en_synthetic.csv'
    expect(minutesRead(read(name), frameOf('2026-05-12 09:00', '2026-05-12 11:00'))).toEqual({
      'Host One': 120,
      'Panelist One': 120,
      'Alice Rossi': 85,
    })
  })

  test('Google Meet: times of the session’s day', () => {
    expect(minutesRead(read('google_meet_en_synthetic.csv'), frameOf('2026-05-12 10:00', '2026-05-12 19:00'))).toEqual({
      'Ada Lovelace': 58,
      'Grace Hopper': 62,
    })
  })
})
