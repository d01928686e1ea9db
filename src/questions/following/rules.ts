import type { Delivery } from '../../database/schema.ts'

export const deliveries = ['at_once', 'daily', 'none'] as const satisfies readonly Delivery[]
