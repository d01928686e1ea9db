import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { findEnrolment } from '../pathways/progress/queries.ts'
import { requireCoordinator, requirePerson } from '../people/require.ts'
import { covers, isReferentOf } from '../people/rules.ts'
import type { WebEnv } from '../web/env.ts'
import { choiceField, idField, type Problems, readForm, requiredText, type Typed } from '../web/forms.ts'
import { readable, readList } from '../web/lists.ts'
import { id } from '../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../web/respond.ts'
import { attachment } from '../web/uploads.ts'
import { issueCertificate, revokeCertificate } from './actions.ts'
import { readCode } from './code.ts'
import { certificateList, certificatePage, certificatesPage, verifiedPage, verifyPage } from './pages.ts'
import { drawCertificate } from './paper.ts'
import { type Certificate, certificateByCode, certificateSorts, findCertificate, listCertificates } from './queries.ts'
import { attestationRoutes } from './sessions/routes.ts'
import { words } from './words.ts'

export const certificateRoutes = new Hono<WebEnv>()

certificateRoutes.route('/', attestationRoutes)

certificateRoutes.post('/certificates', requirePerson, async (c) => {
  const { db, language, signedIn, now, zone } = c.var
  const { value } = await readForm(c, z.object({ enrolment: idField, for: choiceField(['administration', 'me']) }))
  const enrolment = value && (await findEnrolment(db, value.enrolment, signedIn))
  if (!value || !enrolment) return c.notFound()
  if (!isReferentOf(signedIn, enrolment.administrationId)) return refused(c)

  const holder = { enrolmentId: enrolment.id, personId: value.for === 'me' ? signedIn.id : null }
  const outcome = await issueCertificate(db, holder, { by: signedIn, at: now, zone })
  const t = words[language]
  if ('id' in outcome) return done(c, `/pathway/${enrolment.id}`, t.issuedFlash)
  return outcome.refusal === 'not_found' ? c.notFound() : refused(c, t.refusal[outcome.refusal])
})

certificateRoutes.get('/certificates', requireCoordinator, async (c) => {
  const { db, language, dates, signedIn } = c.var
  const list = readList(c, certificateSorts, ['state'])
  const listed = { list, ...(await listCertificates(db, list, signedIn)) }
  if (wantsFragment(c)) return fragment(c, certificateList(language, dates, listed))
  return page(c, { title: words[language].list, content: certificatesPage(language, dates, listed) })
})

certificateRoutes.get(`/certificates/${id('id')}`, requirePerson, async (c) => {
  const certificate = await findCertificate(c.var.db, Number(c.req.param('id')), c.var.signedIn)
  return certificate ? show(c, certificate) : c.notFound()
})

certificateRoutes.get(`/certificates/${id('id')}/pdf`, requirePerson, async (c) => {
  const { db, signedIn, baseUrl, zone } = c.var
  const certificate = await findCertificate(db, Number(c.req.param('id')), signedIn)
  if (!certificate) return c.notFound()
  const bytes = await drawCertificate(certificate, { baseUrl, zone })
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': attachment(`attestato-${certificate.code}.pdf`),
    'Cache-Control': 'private, no-store',
  })
})

certificateRoutes.post(`/certificates/${id('id')}/revoke`, requireCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const certificate = await findCertificate(db, Number(c.req.param('id')), signedIn)
  if (!certificate) return c.notFound()
  const { value, problems, typed } = await readForm(c, z.object({ reason: requiredText(300) }))
  if (problems) return show(c, certificate, problems, typed)
  const revoked = await revokeCertificate(db, certificate.id, value.reason, { by: signedIn, at: now })
  return done(c, `/certificates/${certificate.id}`, revoked ? t.revokedFlash : t.revokedAlready)
})

certificateRoutes.get('/verify', (c) => {
  const typed = readable(c.req.query('code')).slice(0, 40)
  const code = readCode(typed)
  return code ? c.redirect(`/verify/${code}`, 303) : verify(c, typed)
})

certificateRoutes.get('/verify/:code', async (c) => {
  const { db, language, dates, zone } = c.var
  const typed = readable(c.req.param('code')).slice(0, 40)
  const code = readCode(typed)
  const certificate = code && (await certificateByCode(db, code))
  if (!certificate) return verify(c, typed)
  c.header('X-Robots-Tag', 'noindex')
  return page(c, { title: words[language].verifyTitle, content: verifiedPage(language, dates, zone, certificate) })
})

function verify(c: Context<WebEnv>, typed: string) {
  const { language } = c.var
  c.header('X-Robots-Tag', 'noindex')
  const content = verifyPage(language, { unknown: typed !== '', typed })
  return page(c, { title: words[language].verifyTitle, content, status: typed === '' ? 200 : 404 })
}

function show(c: Context<WebEnv>, certificate: Certificate, problems: Problems | null = null, typed: Typed = {}) {
  const { language, dates, zone, signedIn } = c.var
  const t = words[language]
  const mayRevoke = covers(signedIn.coordinator, certificate.region)
  const content = certificatePage(language, dates, zone, { certificate, mayRevoke, problems, typed })
  const title = t.certificateOf(certificate.content.person ?? certificate.content.administration)
  const breadcrumb = mayRevoke ? [{ href: '/certificates', label: t.list }] : []
  return page(c, { title, content, breadcrumb, status: problems ? 422 : 200 })
}
