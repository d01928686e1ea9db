/** Neighbours with the same phase belong together. */
export function inPhases<M extends { section: string }>(modules: readonly M[]): { section: string; steps: M[] }[] {
  const phases: { section: string; steps: M[] }[] = []
  for (const module of modules) {
    const last = phases.at(-1)
    if (last?.section === module.section) last.steps.push(module)
    else phases.push({ section: module.section, steps: [module] })
  }
  return phases
}
