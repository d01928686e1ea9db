import { Hono } from 'hono'
import type { WebEnv } from '../web/env.ts'
import { assignRoutes } from './assign/routes.ts'
import { moduleDefinitionRoutes } from './definition/modules/routes.ts'
import { pathwayDefinitionRoutes } from './definition/pathways/routes.ts'
import { exchangeRoutes } from './exchange/routes.ts'
import { intakeRoutes } from './intake/routes.ts'
import { orientationRoutes } from './orientation/routes.ts'
import { ruleRoutes } from './rules/routes.ts'

/** How a programme is defined and how administrations come onto its pathways; following one is in progress/. */
export const planningRoutes = new Hono<WebEnv>()
  .route('/', moduleDefinitionRoutes)
  .route('/', pathwayDefinitionRoutes)
  .route('/', intakeRoutes)
  .route('/', ruleRoutes)
  .route('/', orientationRoutes)
  .route('/', assignRoutes)
  .route('/', exchangeRoutes)
