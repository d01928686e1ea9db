import type { PathwayPanel } from '../pathways/progress/panel.ts'
import { isReferentOf } from '../people/rules.ts'
import { certificatePanelPage, type Entitlement } from './pages.ts'
import { holderOf, hoursFor, validCertificates } from './queries.ts'
import { certificateRefusal } from './rules.ts'

/** On the page of a completed pathway: the administration's certificate and, for a referent, their own. */
export const certificatePanel: PathwayPanel = async (c, { enrolment }) => {
  const { db, now, language, dates, person } = c.var
  if (!person || enrolment.completedAt === null) return null
  const isReferent = isReferentOf(person, enrolment.administrationId)
  const issued = await validCertificates(db, enrolment.id, person.id)
  const claim = { completed: true, ended: enrolment.endedAt !== null, threshold: enrolment.certificatePercent }

  const ofAll = await hoursFor(db, enrolment, null, now)
  const own = isReferent ? await hoursFor(db, enrolment, person.id, now) : null
  const entitlements: Entitlement[] = [
    {
      for: 'administration',
      certificate: issued.find(({ personId }) => personId === null),
      hours: ofAll,
      threshold: claim.threshold,
      refusal: certificateRefusal({ ...claim, holder: 'administration', hours: ofAll }),
      mayIssue: isReferent,
    },
    ...(own
      ? [
          {
            for: 'me' as const,
            certificate: issued.find(({ personId }) => personId === person.id),
            hours: own,
            threshold: claim.threshold,
            refusal: certificateRefusal({ ...claim, holder: await holderOf(db, enrolment, person.id), hours: own }),
            mayIssue: true,
          },
        ]
      : []),
  ]
  return certificatePanelPage(language, dates, enrolment.id, entitlements)
}
