import { describe, expect, test } from 'vitest'
import { ignoredIn, minutesRead } from './support.ts'

// Monday 2 March 2026, 9:00 to 10:00. In every file Rosa is there for 45 minutes and Luca for 30, whatever language the
// program spoke. The headers are those that the programs and their translations are known to write.
const expected = { 'Rosa Greco': 45, 'Luca Verdi': 30 }
const tabs = (...rows: string[]) => `${rows.map((row) => row.replaceAll('|', '\t')).join('\r\n')}\r\n`

describe('Teams of 2021: a summary, then a row a stay', () => {
  const file = (summary: string, header: string, moment: (time: string) => string) =>
    tabs(
      ...summary.split('\n'),
      '',
      header,
      `Rosa Greco|${moment('09:00:00')}|${moment('09:45:00')}|45m|rosa@ente.example|Organizer`,
      `Luca Verdi|${moment('09:10:00')}|${moment('09:40:00')}|30m|luca@ente.example|Attendee`,
    )

  test.each([
    [
      'Italian',
      'Riepilogo della riunione\nNumero totale di partecipanti|2\nTitolo della riunione|Prova\nOra di inizio della riunione|2/3/2026, 08:58:00\nOra di fine della riunione|2/3/2026, 10:01:00',
      'Nome completo|Ora di partecipazione|Ora di uscita|Durata|Indirizzo di posta elettronica|Ruolo',
      '2/3/2026, ',
    ],
    [
      'Italian, other words',
      'Riepilogo riunione\nNumero totale partecipanti|2',
      'Nome e cognome|Ora di accesso|Ora di abbandono|Durata|Posta elettronica|Ruolo',
      '02/03/2026, ',
    ],
    [
      'English',
      'Meeting Summary\nTotal Number of Participants|2\nMeeting Start Time|3/2/2026, 8:58:00 AM',
      'Full Name|Join Time|Leave Time|Duration|Email|Role',
      '3/2/2026, ',
    ],
    [
      'German',
      'Besprechungszusammenfassung\nGesamtzahl der Teilnehmer|2\nStartzeit der Besprechung|2.3.2026, 08:58:00\nEndzeit der Besprechung|2.3.2026, 10:01:00',
      'Vollständiger Name|Beitrittszeit|Verlassen um|Dauer|E-Mail|Rolle',
      '2.3.2026, ',
    ],
    [
      'German, other words',
      'Besprechungszusammenfassung\nGesamtzahl der Teilnehmenden|2',
      'Vollständiger Name|Zeitpunkt des Beitritts|Zeitpunkt des Verlassens|Dauer|E-Mail|Rolle',
      '02.03.2026, ',
    ],
    [
      'French',
      'Résumé de la réunion\nNombre total de participants|2',
      'Nom complet|Heure de connexion|Heure de départ|Durée|E-mail|Rôle',
      '02/03/2026 à ',
    ],
    [
      'Spanish',
      'Resumen de la reunión\nNúmero total de participantes|2',
      'Nombre completo|Hora de unión|Hora de salida|Duración|Correo electrónico|Rol',
      '2/3/2026, ',
    ],
    [
      'Portuguese',
      'Resumo da reunião\nNúmero total de participantes|2',
      'Nome completo|Hora de ingresso|Hora de saída|Duração|E-mail|Função',
      '02/03/2026 às ',
    ],
    [
      'Dutch',
      'Vergaderingsoverzicht\nTotaal aantal deelnemers|2',
      'Volledige naam|Tijdstip van deelname|Tijdstip van vertrek|Duur|E-mail|Rol',
      '2-3-2026 ',
    ],
    [
      'Polish',
      'Podsumowanie spotkania\nŁączna liczba uczestników|2',
      'Imię i nazwisko|Godzina dołączenia|Godzina opuszczenia|Czas trwania|Adres e-mail|Rola',
      '2.03.2026, ',
    ],
    [
      'Czech, with spaces in the dates',
      'Souhrn schůzky\nCelkový počet účastníků|2',
      'Celé jméno|Čas připojení|Čas odchodu|Doba trvání|E-mail|Role',
      '2. 3. 2026 ',
    ],
  ])('%s', (_, summary, header, day) => {
    expect(minutesRead(file(summary, header, (time) => `${day}${time}`))).toEqual(expected)
  })
})

describe('Teams of 2020: who came and who went', () => {
  test.each([
    ['Italian', 'Nome completo|Azione utente|Timestamp', 'Aggiunto', 'Aggiunto prima', 'Uscito', '2/3/2026, '],
    [
      'Italian, other words',
      "Nome completo|Azione dell'utente|Indicatore orario",
      'Accesso eseguito',
      'Accesso eseguito prima',
      'Disconnesso',
      '2/3/2026, ',
    ],
    [
      'German',
      'Vollständiger Name|Benutzeraktion|Zeitstempel',
      'Beigetreten',
      'Zuvor beigetreten',
      'Hat die Besprechung verlassen',
      '2.3.2026, ',
    ],
    ['French', 'Nom complet|Action de l’utilisateur|Horodatage', 'Rejoint', 'Rejoint avant', 'Quitté', '02/03/2026 à '],
    ['Spanish', 'Nombre completo|Acción del usuario|Marca de tiempo', 'Unido', 'Unido antes', 'Salió', '2/3/2026 '],
    ['Dutch', 'Volledige naam|Gebruikersactie|Tijdstempel', 'Deelgenomen', 'Eerder deelgenomen', 'Vertrokken', '2-3-2026 '],
    ['Finnish, of which we know no word', 'Koko nimi|Tapahtuma|Aikaleima', 'Liittyi', 'Liittyi ennen', 'Poistui', '2.3.2026 klo '],
  ])('%s', (_, header, came, before, went, day) => {
    const list = tabs(
      header,
      `Rosa Greco|${before}|${day}09:00:00`,
      `Luca Verdi|${came}|${day}09:10:00`,
      `Luca Verdi|${went}|${day}09:40:00`,
      `Rosa Greco|${went}|${day}09:45:00`,
    )
    expect(minutesRead(list)).toEqual(expected)
  })
})

describe('Teams since 2022: two sections that tell the same minutes', () => {
  type Words = { sections: [string, string, string]; people: string; stays: string; day: string; minutes: string }
  const file = ({ sections: [summary, people, stays], people: header, stays: stayHeader, day, minutes }: Words) =>
    tabs(
      `1. ${summary}`,
      `Titolo|Prova`,
      '',
      `2. ${people}`,
      header,
      `Rosa Greco|${day}09:00:00|${day}09:45:00|45${minutes}|rosa@ente.example|rosa@ente.example|X`,
      `Luca Verdi|${day}09:00:00|${day}09:55:00|30${minutes}|luca@ente.example|luca@ente.example|X`,
      '',
      `3. ${stays}`,
      stayHeader,
      `Rosa Greco|${day}09:00:00|${day}09:45:00|45${minutes}|rosa@ente.example|X`,
      `Luca Verdi|${day}09:00:00|${day}09:15:00|15${minutes}|luca@ente.example|X`,
      `Luca Verdi|${day}09:40:00|${day}09:55:00|15${minutes}|luca@ente.example|X`,
    )

  test.each<[string, Words]>([
    [
      'Italian',
      {
        sections: ['Riepilogo', 'Partecipanti', 'Attività durante la riunione'],
        people: 'Nome|Primo accesso|Ultima uscita|Durata nella riunione|Indirizzo e-mail|ID partecipante (UPN)|Ruolo',
        stays: 'Nome|Ora di partecipazione|Ora di uscita|Durata|Indirizzo e-mail|Ruolo',
        day: '02/03/26, ',
        minutes: 'm 0s',
      },
    ],
    [
      'German',
      {
        sections: ['Zusammenfassung', 'Teilnehmer', 'Aktivitäten in der Besprechung'],
        people: 'Name|Erster Beitritt|Letztes Verlassen|Dauer der Teilnahme|E-Mail|Teilnehmer-ID (UPN)|Rolle',
        stays: 'Name|Beitrittszeit|Austrittszeit|Dauer|E-Mail|Rolle',
        day: '02.03.26, ',
        minutes: ' Min. 0 Sek.',
      },
    ],
    [
      'French',
      {
        sections: ['Résumé', 'Participants', 'Activités en réunion'],
        people: 'Nom|Première participation|Dernier départ|Durée en réunion|Courrier|ID du participant (UPN)|Rôle',
        stays: 'Nom|Heure d’arrivée|Heure de départ|Durée|Courrier|Rôle',
        day: '02/03/2026 ',
        minutes: ' min',
      },
    ],
    [
      'Spanish of Mexico',
      {
        sections: ['Resumen', 'Participantes', 'Actividades en la reunión'],
        people: 'Nombre|Primera unión|Última salida|Duración|Correo|Id. de participante (UPN)|Rol',
        stays: 'Nombre|Hora de ingreso|Hora de salida|Duración|Correo|Rol',
        day: '02/03/26 ',
        minutes: ' min',
      },
    ],
    [
      'Portuguese',
      {
        sections: ['Resumo', 'Participantes', 'Atividades na reunião'],
        people: 'Nome|Primeira entrada|Última saída|Duração na reunião|Email|ID do participante (UPN)|Função',
        stays: 'Nome|Hora de entrada|Hora de saída|Duração|Email|Função',
        day: '02/03/26, ',
        minutes: 'm',
      },
    ],
    [
      'Swedish',
      {
        sections: ['Sammanfattning', 'Deltagare', 'Aktiviteter under mötet'],
        people: 'Namn|Anslöt först|Lämnade senast|Tid i mötet|E-post|Deltagar-ID (UPN)|Roll',
        stays: 'Namn|Anslutningstid|Tid då personen lämnade|Varaktighet|E-post|Roll',
        day: '2026-03-02 ',
        minutes: ' min',
      },
    ],
    [
      'Japanese',
      {
        sections: ['要約', '参加者', '会議中のアクティビティ'],
        people: '名前|最初の参加|最後の退出|会議での時間|メール|参加者 ID (UPN)|役割',
        stays: '名前|参加時刻|退出時刻|期間|メール|役割',
        day: '2026/03/02 ',
        minutes: ' 分',
      },
    ],
  ])('%s', (_, words) => {
    expect(minutesRead(file(words))).toEqual(expected)
  })
})

const stays = (from: string, until: string, [a, b] = ['09:00', '09:45'], [c, d] = ['09:10', '09:40']) => [
  `${from.replace('T', a ?? '')},${until.replace('T', b ?? '')},45`,
  `${from.replace('T', c ?? '')},${until.replace('T', d ?? '')},30`,
]

describe('Zoom', () => {
  const meeting = (header: string, day: string, half = '') => {
    const [rosa, luca] = stays(`${day} T:00${half}`, `${day} T:00${half}`)
    return `${header}\r\nRosa Greco,rosa@ente.example,${rosa},No\r\nLuca Verdi,luca@ente.example,${luca},Yes\r\n`
  }

  test.each([
    ['English', 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest', '03/02/2026', ' AM'],
    ['English of 2024', 'Name (original name),Email,Join time,Leave time,Duration (minutes),Guest', '03/02/2026', ' AM'],
    ['Italian', 'Nome (Nome originale),E-mail utente,Ora di accesso,Ora di uscita,Durata (minuti),Ospite', '02/03/2026', ''],
    [
      'Italian, other words',
      'Nome (nome originale),Indirizzo e-mail,Ora di entrata,Ora di abbandono,Durata (minuti),Guest',
      '02/03/2026',
      '',
    ],
  ])('a meeting in %s', (_, header, day, half) => {
    expect(minutesRead(meeting(header, day, half))).toEqual(expected)
  })

  test.each([
    ['English', 'Name (Original Name),User Email,Total Duration (Minutes),Guest'],
    ['Italian', 'Nome (nome originale),E-mail utente,Durata totale (minuti),Guest'],
  ])('a meeting by unique participants in %s', (_, header) => {
    expect(minutesRead(`${header}\nRosa Greco,rosa@ente.example,45,No\nLuca Verdi,luca@ente.example,30,Yes\n`)).toEqual(expected)
  })

  test('a column that comes twice', () => {
    const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Duration (Minutes)'
    const rows =
      '\nRosa Greco,r@ente.example,03/02/2026 09:00:00 AM,03/02/2026 09:45:00 AM,45,No,45\nLuca Verdi,l@ente.example,03/02/2026 09:10:00 AM,03/02/2026 09:40:00 AM,30,Yes,30\n'
    expect(minutesRead(header + rows)).toEqual(expected)
  })

  test('a webinar in Italian', () => {
    const webinar = `Report partecipanti
Ora generazione report,20/05/2026 10:00:00
Argomento,ID webinar,Ora di inizio effettiva,Durata effettiva (minuti),N. iscritti,Visualizzatori unici
Prova,123 456 7890,02/03/2026 08:58:00,63,3,2
Dettagli organizzatore
Partecipato,Nome utente (nome originale),E-mail,Ora di ingresso,Ora di uscita,Tempo nella sessione (minuti),È un ospite
Sì,Rosa Greco,rosa@ente.example,02/03/2026 09:00:00,02/03/2026 09:45:00,45,No
Dettagli partecipante
Partecipato,Nome utente (nome originale),Nome,Cognome,E-mail,Ora di registrazione,Stato di approvazione,Ora di ingresso,Ora di uscita,Tempo nella sessione (minuti),È un ospite
Sì,Luca Verdi,Luca,Verdi,luca@ente.example,20/02/2026 09:00:00,approvato,02/03/2026 09:10:00,02/03/2026 09:40:00,30,Sì
No,Lino,Lino,Neri,lino@ente.example,20/02/2026 09:00:00,approvato,--,--,--,
`
    expect(minutesRead(webinar)).toEqual(expected)
    expect(ignoredIn(webinar)).toEqual(['11 not_attended'])
  })

  test('a webinar of older days, with months in words and people who dialled in', () => {
    const webinar = `Attendee Report
Report Generated:,"Mar 2, 2026 11:00 AM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered
Test,123 456 789,"Mar 2, 2026 8:58 AM",63,3
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
Yes,Rosa Greco,rosa@ente.example,"Mar 2, 2026 9:00:00 AM","Mar 2, 2026 9:45:00 AM",45,Italy
Other Attended,
User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
390612345,"Mar 2, 2026 9:00:00 AM","Mar 2, 2026 9:20:00 AM",20,Italy
`
    expect(minutesRead(webinar)).toEqual({ 'Rosa Greco': 45, 390612345: 20 })
  })
})

describe('other rooms', () => {
  test.each([
    ['Meet in Italian', 'Nome,Cognome,Email,Durata,Ora di partecipazione,Ora di uscita', ' min'],
    ['Meet in English', 'First name,Last name,Email,Duration,Time joined,Time exited', ' min'],
    ['Meet in German', 'Vorname,Nachname,E-Mail,Dauer,Beitrittszeit,Austrittszeit', ' Min.'],
    ['Meet in French', "Prénom,Nom,Adresse e-mail,Durée,Heure d'arrivée,Heure de départ", ' min'],
    ['Meet in Spanish', 'Nombre,Apellidos,Correo electrónico,Duración,Hora de entrada,Hora de salida', ' min'],
  ])('%s', (_, header, unit) => {
    const rows = `\nRosa,Greco,rosa@ente.example,45${unit},09:00,09:45\nLuca,Verdi,l****@ente.example,30${unit},09:10,09:40\n`
    expect(minutesRead(header + rows)).toEqual(expected)
  })

  test.each([
    ['BigBlueButton in English', 'Name,Moderator,Activity score,Talk time,Webcam time,Messages,Join,Left,Duration', '3/2/2026, ', ' AM'],
    [
      'BigBlueButton in Italian',
      'Nome,Moderatore,Punteggio attività,Tempo di parola,Tempo webcam,Messaggi,Entrato,Uscito,Durata',
      '2/3/2026, ',
      '',
    ],
  ])('%s', (_, header, day, half) => {
    const row = (name: string, from: string, until: string, long: string) =>
      `${name},FALSE,5,00:01:00,00:00:00,1,"${day}${from}:00${half}","${day}${until}:00${half}",${long}`
    expect(
      minutesRead([header, row('Rosa Greco', '9:00', '9:45', '00:45:00'), row('Luca Verdi', '9:10', '9:40', '00:30:00'), ''].join('\n')),
    ).toEqual(expected)
  })

  test('Webex: the times of the meeting are nobody’s', () => {
    const header =
      'Meeting Name,Meeting Start Time,Meeting End Time,Display Name,First Name,Last Name,Attendee Email,Join Time,Leave Time,Attendance Duration'
    const row = (name: string, from: string, until: string, long: number) =>
      `Test,2026-03-02 08:58:00,2026-03-02 10:01:00,${name},A,B,${name[0]}@ente.example,2026-03-02 ${from},2026-03-02 ${until},${long} mins`
    expect(minutesRead([header, row('Rosa Greco', '09:00', '09:45', 45), row('Luca Verdi', '09:10', '09:40', 30), ''].join('\n'))).toEqual(
      expected,
    )
  })
})

describe('lists that an office writes', () => {
  test('two rows of headers, the second under the first', () => {
    const list =
      'Incontro del 2 marzo;;;\nNome;E-mail;Presenza;\n;;Ingresso;Uscita\nRosa Greco;r@ente.example;02/03/2026 09:00;02/03/2026 09:45\nLuca Verdi;l@ente.example;02/03/2026 09:10;02/03/2026 09:40\n'
    expect([minutesRead(list), ignoredIn(list)]).toEqual([expected, []])
  })

  test('headers in two languages', () => {
    const list =
      'Nome,E-mail,Ingresso,Uscita\nname,email,join,leave\nRosa Greco,r@ente.example,02/03/2026 09:00,02/03/2026 09:45\nLuca Verdi,l@ente.example,02/03/2026 09:10,02/03/2026 09:40\n'
    expect([minutesRead(list), ignoredIn(list)]).toEqual([expected, []])
  })

  test.each([
    ['minutes', 'Minuti', '45', '30'],
    ['minutes and seconds', 'Durata (minuti)', '45:59', '30:10'],
    ['hours as a number', 'Durata in ore', '0,75', '0,5'],
    ['hours and minutes', 'Ore di presenza', '0:45', '0:30'],
    ['seconds', 'Durata (secondi)', '2700', '1800'],
  ])('%s', (_, header, rosa, luca) => {
    expect(minutesRead(`Cognome;Nome;${header}\nGreco;Rosa;${rosa}\nVerdi;Luca;${luca}\n`)).toEqual(expected)
  })

  test('the day in a column of its own, and another day told by it', () => {
    const list = (day: string) => `Nome;Data;Ora ingresso;Ora uscita\nRosa Greco;${day};09:00;09:45\nLuca Verdi;${day};09:10;09:40\n`
    expect(minutesRead(list('02/03/2026'))).toEqual(expected)
    expect(minutesRead(list('25/03/2026'))).toEqual({ refusal: 'other_day', detail: '2026-03-25' })
  })

  test('a sheet that says only who was there counts them for the whole session', () => {
    const list = 'Nome;E-mail;Presente\nRosa Greco;rosa@ente.example;Sì\nLuca Verdi;luca@ente.example;No\nAda Neri;;\n'
    expect(minutesRead(list)).toEqual({ 'Rosa Greco': 60 })
    expect(ignoredIn(list)).toEqual(['3 not_attended', '4 not_attended'])
  })

  test('the row of the total is nobody', () => {
    const list = 'Nome;Minuti\nRosa Greco;45\nLuca Verdi;30\nTotale;75\n'
    expect([minutesRead(list), ignoredIn(list)]).toEqual([expected, ['4 total']])
  })

  test.each([
    '2 marzo 2026',
    '2 mars 2026',
    '2. März 2026',
    '2 de marzo de 2026',
    'lun 2 mar 2026',
    'Mar 2, 2026',
    'Monday, March 2, 2026',
  ])('the day written as “%s”', (day) => {
    const list = `Nome;Ingresso;Uscita\nRosa Greco;${day} 09:00;${day} 09:45\nLuca Verdi;${day}, 09:10;${day} 9.40\n`
    expect(minutesRead(list)).toEqual(expected)
  })
})
