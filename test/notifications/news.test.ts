import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import { addModule, addSession, register } from '#test/calendars/stage.ts'
import { carla, countQueries, luca, nadia, newDatabase, noon, rosa } from '#test/support.ts'
import { addAnswer, addFaqEntry, addReview, enrol, happened, mailsIn, tell, told } from './stage.ts'

test('a new referent is told how to enter', async () => {
  const db = await newDatabase()
  const referent = await db.selectFrom('referent').where('person_id', '=', rosa.id).select('id').executeTakeFirstOrThrow()
  await happened(db, 'referent_invited', ['referent', referent], { by: carla })

  expect(await told(db)).toEqual([[rosa.email, 'Percorsi: sei referente di Comune di Salerno']])
  const [mail] = await mailsIn(db)
  for (const part of [mail?.text, mail?.html]) {
    expect(part).toContain('https://percorsi.example.it/sign-in')
    expect(part).toContain('codice di sei cifre')
    expect(part).toContain(rosa.email)
  }
})

test('all referents of the administration, and nobody else, hear that a submission was accepted', async () => {
  const db = await newDatabase()
  const module = await addModule(db)
  const submission = await addReview(db, { ...module, enrolment: await enrol(db, module), verdict: 'accepted' })
  await happened(db, 'submission_accepted', ['submission', submission])
  expect(await told(db)).toEqual([
    [rosa.email, 'Elaborato accettato: Impostare l’indagine'],
    [luca.email, 'Elaborato accettato: Impostare l’indagine'],
  ])
})

test('a submission sent back carries the comment and the way to the module', async () => {
  const db = await newDatabase()
  const module = await addModule(db)
  const enrolment = await enrol(db, module)
  const submission = await addReview(db, {
    ...module,
    enrolment,
    verdict: 'to_revise',
    comment: 'Manca il campione.\n<b>Rivedi</b> il punto 3.',
  })
  await happened(db, 'submission_returned', ['submission', submission])
  await tell(db)

  const [mail] = await mailsIn(db)
  expect(mail?.text).toContain('> Manca il campione.\n> <b>Rivedi</b> il punto 3.')
  expect(mail?.html).toContain('Manca il campione.<br>&lt;b&gt;Rivedi&lt;/b&gt; il punto 3.')
  expect(mail?.text).toContain(`https://percorsi.example.it/pathway/${enrolment.id}/modules/${module.moduleId}`)
})

test('a referent who has left hears no more of the administration', async () => {
  const db = await newDatabase()
  await db
    .updateTable('referent')
    .set({ until: asMoment(noon) })
    .where('person_id', '=', luca.id)
    .execute()
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  expect(await told(db)).toEqual([[rosa.email, 'Percorso completato: Standard']])
})

test('an answer goes to who asked, with its words', async () => {
  const db = await newDatabase()
  const { answer, question } = await addAnswer(db, await addModule(db))
  await happened(db, 'question_answered', ['answer', answer])
  expect(await told(db)).toEqual([[rosa.email, 'Risposta alla tua domanda: Quanti questionari?']])
  const [mail] = await mailsIn(db)
  expect(mail?.text).toContain(`> Bastano cento.\n> Anche meno.\n\nApri la domanda:\nhttps://percorsi.example.it/questions/${question.id}`)
})

test('an answer to somebody who has left the administration goes to their colleagues instead', async () => {
  const db = await newDatabase()
  await db
    .updateTable('referent')
    .set({ until: asMoment(noon) })
    .where('person_id', '=', rosa.id)
    .execute()
  const { answer } = await addAnswer(db, await addModule(db))
  await happened(db, 'question_answered', ['answer', answer])
  expect((await told(db)).map(([to]) => to)).toEqual([luca.email])
})

test('nobody is told of their own act', async () => {
  const db = await newDatabase()
  const { answer } = await addAnswer(db, { ...(await addModule(db)), by: rosa })
  await happened(db, 'question_answered', ['answer', answer], { by: rosa })
  expect(await told(db)).toEqual([])
})

test('who asked hears that the question became an entry for everybody', async () => {
  const db = await newDatabase()
  const module = await addModule(db)
  const { answer } = await addAnswer(db, module)
  const entry = await addFaqEntry(db, { ...module, answerId: answer.id })
  await happened(db, 'faq_entry_published', ['faq_entry', entry])
  await happened(db, 'faq_entry_published', ['faq_entry', await addFaqEntry(db, { ...module, answerId: null })])
  expect(await told(db)).toEqual([[rosa.email, 'La tua domanda è ora utile a tutti']])
  expect((await mailsIn(db))[0]?.text).toContain(`https://percorsi.example.it/faq/${entry.id}`)
})

test('each reads the news in their own language', async () => {
  const db = await newDatabase()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', luca.id).execute()
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  await tell(db)
  expect((await mailsIn(db)).map(({ subject, html }) => [subject, html.match(/lang="(..)"/)?.[1]])).toEqual([
    ['Percorso completato: Standard', 'it'],
    ['Pathway completed: Standard', 'en'],
  ])
})

test('every mail says why one gets it', async () => {
  const db = await newDatabase()
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  await tell(db)
  expect((await mailsIn(db))[0]?.text).toMatch(/-- \nRicevi questo messaggio perché sei referente di Comune di Salerno\.\n$/)
})

test('news is told once, and what concerns nobody is passed over', async () => {
  const db = await newDatabase()
  await happened(db, 'signed_in', ['person', rosa])
  await happened(db, 'pathway_completed', ['enrolment', await enrol(db, await addModule(db))])
  await tell(db)
  await tell(db, noon.add({ minutes: 1 }))
  expect(await mailsIn(db)).toHaveLength(2)
  const history = await db.selectFrom('history').select('told_at').execute()
  expect(history.map(({ told_at }) => told_at)).toEqual(['2026-03-02T11:00:00.000Z', '2026-03-02T11:00:00.000Z'])
})

test('two processes that tell at the same time write each mail once', async () => {
  const db = await newDatabase()
  const enrolment = await enrol(db, await addModule(db))
  for (let each = 0; each < 10; each += 1) await happened(db, 'pathway_completed', ['enrolment', enrolment])
  await Promise.all([tell(db), tell(db), tell(db)])
  expect(await mailsIn(db)).toHaveLength(20)
})

test('a change that is undone leaves no mail: both are in one transaction', async () => {
  const db = await newDatabase()
  const referent = await db.selectFrom('referent').where('person_id', '=', nadia.id).select('id').executeTakeFirstOrThrow()
  await happened(db, 'referent_invited', ['referent', referent])
  await db
    .transaction()
    .execute(async (tx) => {
      await tell(tx)
      throw new Error('undone')
    })
    .catch(() => {})
  expect(await mailsIn(db)).toEqual([])
  expect(await told(db)).toHaveLength(1)
})

test('what can’t be told holds up nothing else, is reported, and is tried again', async () => {
  const db = await newDatabase()
  const [bad, good] = [await addSession(db, { title: 'Rotto' }), await addSession(db, { title: 'Sano' })]
  for (const session of [bad, good]) {
    await register(db, session, rosa)
    await happened(db, 'session_changed', ['session', session])
  }
  await db.updateTable('session').set({ starts_at: 'unreadable' }).where('id', '=', bad.id).execute()
  const { mails, failures } = await tell(db)
  expect([mails, failures.map(({ entry }) => entry.subjectId)]).toEqual([1, [bad.id]])

  await db.updateTable('session').set({ starts_at: '2026-03-10T09:00:00.000Z' }).where('id', '=', bad.id).execute()
  expect((await told(db)).map(([, subject]) => subject)).toEqual(['Incontro modificato: Sano', 'Incontro modificato: Rotto'])
})

test('what is gone in the meantime is told to nobody', async () => {
  const db = await newDatabase()
  for (const [happening, subject] of [
    ['referent_invited', 'referent'],
    ['submission_accepted', 'submission'],
    ['pathway_completed', 'enrolment'],
    ['question_answered', 'answer'],
    ['faq_entry_published', 'faq_entry'],
    ['registered', 'registration'],
    ['session_cancelled', 'session'],
  ] as const)
    await happened(db, happening, [subject, { id: 999 }])
  expect(await told(db)).toEqual([])
})

test('telling two hundred takes as many queries as telling one', async () => {
  const db = await newDatabase()
  const counted = () => countQueries(db, (each) => tell(each))
  const session = await addSession(db)
  await register(db, session, rosa)
  await happened(db, 'session_changed', ['session', session])
  const one = await counted()

  await db
    .insertInto('person')
    .values(
      Array.from({ length: 199 }, (_, each) => ({ name: `Ada ${each}`, email: `ada${each}@ente.example`, created_at: asMoment(noon) })),
    )
    .execute()
  const others = await db.selectFrom('person').where('email', 'like', 'ada%').select('id').execute()
  for (const person of others) await register(db, session, person)
  await happened(db, 'session_changed', ['session', session])
  expect(await counted()).toBe(one)
  expect(await mailsIn(db)).toHaveLength(201)
})

test('nobody is written to about each submission that is handed in', async () => {
  const db = await newDatabase()
  const module = await addModule(db)
  const submission = await addReview(db, { ...module, enrolment: await enrol(db, module), verdict: 'accepted' })
  await happened(db, 'submission_handed_in', ['submission', submission], { by: rosa })
  expect(await told(db)).toEqual([])
})
