import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { Logger } from 'pino'
import { regionName, regions } from './administrations/regions.ts'
import { administrationRoutes } from './administrations/routes.ts'
import { calendarRoutes } from './calendars/routes.ts'
import { revokeCertificatesOf } from './certificates/actions.ts'
import { certificatePanel } from './certificates/panel.ts'
import { certificateRoutes } from './certificates/routes.ts'
import type { Database } from './database/schema.ts'
import { navigationFor } from './home/navigation.ts'
import { noticeRoutes } from './home/notices/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { outboxRoutes } from './notifications/outbox/routes.ts'
import { assignmentPanel } from './pathways/assignments/panel.ts'
import { submissionRoutes } from './pathways/assignments/routes.ts'
import { characteristicsPanel } from './pathways/characteristics/panel.ts'
import { characteristicsRoutes } from './pathways/characteristics/routes.ts'
import { coordinationPanel } from './pathways/progress/coordination/panel.ts'
import { coordinationRoutes } from './pathways/progress/coordination/routes.ts'
import { enrolmentPanel } from './pathways/progress/panel.ts'
import { pathwayRoutes } from './pathways/progress/routes.ts'
import { planningRoutes } from './pathways/routes.ts'
import { directoryRoutes } from './people/directory/routes.ts'
import { meRoutes } from './people/me/routes.ts'
import { type IdentityProvider, oidcRoutes } from './people/oidc/routes.ts'
import { secondFactorRoutes } from './people/second-factor/routes.ts'
import type { SecondFactorPolicy } from './people/second-factor/rules.ts'
import { recogniseNobody, recognisePerson, signInRoutes } from './people/sign-in/routes.ts'
import { signInsRoutes } from './people/sign-ins/routes.ts'
import { programmeRoutes } from './programmes/routes.ts'
import { faqRoutes } from './questions/faq/routes.ts'
import { questionsDuringSession } from './questions/live/panel.ts'
import { questionsPulse } from './questions/live/queries.ts'
import { questionPanel } from './questions/panel.ts'
import { questionRoutes } from './questions/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { attendanceImportRoutes } from './sessions/attendance/import/routes.ts'
import { attendancePanel } from './sessions/attendance/percentages/panel.ts'
import { checkInRoutes } from './sessions/check-in/routes.ts'
import { handOverRoutes } from './sessions/hand-over/routes.ts'
import { liveRoutes } from './sessions/live/routes.ts'
import type { Pace } from './sessions/live/stream.ts'
import { minutesPanel } from './sessions/minutes/panel.ts'
import { sessionPanel } from './sessions/panel.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { publicResultsRoutes } from './tools/communication/routes.ts'
import { dossierPanel } from './tools/dossier/panel.ts'
import { dossierRoutes } from './tools/dossier/routes.ts'
import { toolPanel } from './tools/panel.ts'
import { toolRoutes } from './tools/routes.ts'
import { analysisRoutes } from './tools/surveys/analysis/routes.ts'
import { answerImportRoutes } from './tools/surveys/collection/import/routes.ts'
import { keyingRoutes } from './tools/surveys/collection/paper/routes.ts'
import { publicSurveyRoutes } from './tools/surveys/collection/public-routes.ts'
import { surveyPanel } from './tools/surveys/panel.ts'
import { questionnaireRoutes } from './tools/surveys/questionnaire/routes.ts'
import { reportRoutes as surveyReportRoutes } from './tools/surveys/report/routes.ts'
import { surveyRoutes } from './tools/surveys/routes.ts'
import { assetRoutes } from './web/assets.ts'
import type { RoomServer, WebEnv, WriteMail } from './web/env.ts'
import { errorPage } from './web/respond.ts'
import { words } from './web/words.ts'

export type Dependencies = {
  db: Database
  now: () => Temporal.Instant
  baseUrl: string
  zone: string
  /** The folder that keeps uploads. */
  uploads: string
  writeMail: WriteMail
  /** Lends rooms for meetings online; without one, rooms are links. */
  roomServer?: RoomServer | null
  log?: Logger
  /** Only where this is false can mails with sign-in codes be read in the outbox. */
  production?: boolean
  /** Whether coordinators must have a second factor; offered when not said. */
  secondFactor?: SecondFactorPolicy
  /** Where people can sign in besides by mail. */
  oidc?: IdentityProvider | null
  /** How often pages that hear from the server are told, and for how long. */
  pace?: Pace
  /** How many proxies of our own stand in front; 0 unless said. */
  proxies?: number
}

const largestBody = 30 * 1024 * 1024

export function createApp({
  db,
  now,
  baseUrl,
  zone,
  uploads,
  writeMail,
  roomServer = null,
  log,
  production,
  secondFactor = 'offered',
  oidc = null,
  pace,
  proxies = 0,
}: Dependencies) {
  const app = new Hono<WebEnv>()

  app.use(async (c, next) => {
    c.set('db', db)
    c.set('now', now())
    c.set('baseUrl', baseUrl)
    c.set('zone', zone)
    c.set('uploads', uploads)
    c.set('writeMail', writeMail)
    c.set('secondFactor', secondFactor)
    c.set('signInElsewhere', oidc !== null)
    c.set('roomServer', roomServer)
    recogniseNobody(c)
    await next()
  })
  app.route('/assets', assetRoutes)
  // Other sites may show this page inside theirs; whatever comes after it writes its headers first.
  for (const path of ['/programme/embed', '/faq/embed'])
    app.use(path, async (c, next) => {
      await next()
      c.res.headers.delete('X-Frame-Options')
      c.res.headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors *")
      c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
    })
  app.use(secureHeaders({ ...headers, strictTransportSecurity: baseUrl.startsWith('https:') }))
  app.use(csrf({ origin: (origin, c) => origin === new URL(baseUrl).origin || origin === new URL(c.req.url).origin }))
  app.use(bodyLimit({ maxSize: largestBody, onError: tooLarge }))
  app.route('/', publicSurveyRoutes({ proxies }))
  app.use(recognisePerson)
  app.use(async (c, next) => {
    c.set('navigation', navigationFor(c.var.person, c.var.language))
    await next()
  })

  app.route('/', homeRoutes)
  app.route('/', noticeRoutes)
  app.route('/', secondFactorRoutes)
  if (oidc) app.route('/', oidcRoutes(oidc))
  app.route('/', signInRoutes)
  app.route('/', signInsRoutes)
  app.route(
    '/',
    meRoutes((codes) => codes.map(regionName).join(', ')),
  )
  app.route('/', directoryRoutes(regions))

  app.route('/', administrationRoutes([enrolmentPanel]))
  app.route('/', programmeRoutes)
  app.route('/', planningRoutes)
  app.route('/', characteristicsRoutes)
  app.route(
    '/pathway',
    pathwayRoutes({
      module: [sessionPanel, minutesPanel, assignmentPanel, toolPanel, questionPanel],
      anyModule: [coordinationPanel],
      pathway: [surveyPanel, certificatePanel, attendancePanel, characteristicsPanel, dossierPanel],
    }),
  )
  app.route('/', coordinationRoutes({ whenReopened: revokeCertificatesOf }))
  app.route('/', submissionRoutes)
  app.route('/tools', toolRoutes)
  app.route('/', publicResultsRoutes)
  app.route('/', dossierRoutes)
  app.route('/', surveyRoutes)
  app.route('/', questionnaireRoutes)
  app.route('/', keyingRoutes)
  app.route('/', answerImportRoutes)
  app.route('/', analysisRoutes)
  app.route('/', surveyReportRoutes)

  app.route('/', certificateRoutes)

  app.route('/', calendarRoutes())
  app.route('/', sessionRoutes)
  app.route('/', handOverRoutes)
  app.route('/', attendanceImportRoutes)
  app.route('/', checkInRoutes)
  app.route('/', liveRoutes({ now, questions: { pulse: questionsPulse, panel: questionsDuringSession }, pace }))
  app.route('/', questionRoutes)
  app.route('/', faqRoutes)
  app.route('/', outboxRoutes({ showSecrets: production === false }))
  app.route('/', reportRoutes)

  app.notFound((c) => errorPage(c, 404, words[c.var.language].notFoundTitle, words[c.var.language].notFound))
  app.onError((error, c) => {
    const t = words[c.var.language]
    if (error instanceof HTTPException && error.status === 403) return errorPage(c, 403, t.forbiddenTitle, t.wrongOrigin)
    if (error instanceof HTTPException && error.status < 500) return errorPage(c, 400, t.badRequestTitle, t.badRequest)
    log?.error({ err: error, path: c.req.path }, 'request failed')
    return errorPage(c, 500, t.failureTitle, t.failure)
  })

  return app
}

function tooLarge(c: Context<WebEnv>) {
  const t = words[c.var.language]
  return errorPage(c, 413, t.tooLargeTitle, t.tooLarge)
}

const headers: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // Bootstrap Italia draws small marks from data: images in its stylesheet.
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'self'"],
  },
  referrerPolicy: 'same-origin',
}
