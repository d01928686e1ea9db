type Ids = { enrolmentId: number; moduleId: number }

export const toolPath = ({ enrolmentId, moduleId }: Ids) => `/tools/${enrolmentId}/${moduleId}`
export const versionsPath = (ids: Ids) => `${toolPath(ids)}/versions`
