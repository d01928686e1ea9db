import { Hono } from 'hono'
import type { WebEnv } from '../web/env.ts'
import { moveRoutes } from './assign/moves/routes.ts'
import { assignRoutes } from './assign/routes.ts'
import { rubricRoutes } from './assignments/rubric/routes.ts'
import { moduleDefinitionRoutes } from './definition/modules/routes.ts'
import { pathwayDefinitionRoutes } from './definition/pathways/routes.ts'
import { pathwayVersionRoutes } from './definition/versions/routes.ts'
import { exceptionRoutes } from './exceptions/routes.ts'
import { exchangeRoutes } from './exchange/routes.ts'
import { intakeRoutes } from './intake/routes.ts'
import { orientationRoutes } from './orientation/routes.ts'
import { requestRoutes } from './requests/routes.ts'
import { ruleRoutes } from './rules/routes.ts'
import { ruleVersionRoutes } from './rules/versions/routes.ts'
import { worksheetFieldRoutes } from './worksheets/routes.ts'

/** How a programme is defined and how administrations come onto its pathways; following one is in progress/. */
export const planningRoutes = new Hono<WebEnv>()
  .route('/', moduleDefinitionRoutes)
  .route('/', worksheetFieldRoutes)
  .route('/', rubricRoutes)
  .route('/', pathwayDefinitionRoutes)
  .route('/', pathwayVersionRoutes)
  .route('/', intakeRoutes)
  .route('/', ruleVersionRoutes)
  .route('/', moveRoutes)
  .route('/', ruleRoutes)
  .route('/', requestRoutes)
  .route('/', orientationRoutes)
  .route('/', exceptionRoutes)
  .route('/', assignRoutes)
  .route('/', exchangeRoutes)
