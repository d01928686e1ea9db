import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Dossier',
    titleOf: (administration: string) => `Dossier: ${administration}`,
    intro: 'Tutto quello che l’amministrazione ha prodotto lungo il percorso, fase per fase.',
    panel: 'Tutto quello che avete prodotto, fase per fase, da leggere o da scaricare in un solo PDF.',
    open: 'Apri il dossier',
    pdf: 'Scarica il dossier in PDF',
    empty: 'Non c’è ancora nulla: il dossier si riempie con gli strumenti e gli elaborati.',
    contents: 'Che cosa contiene',
    noPhase: 'Moduli',
    pathway: (title: string, programme: string) => `Percorso: ${title} (${programme})`,
    asOf: (day: string) => `Situazione al ${day}`,
    handedIn: (version: number, day: string) => `Elaborato consegnato il ${day}, versione ${version}.`,
    files: 'File allegati',
  },
  {
    title: 'Dossier',
    titleOf: (administration: string) => `Dossier: ${administration}`,
    intro: 'Everything that the administration has produced along the pathway, phase by phase.',
    panel: 'Everything that you have produced, phase by phase, to read or to download as one PDF.',
    open: 'Open the dossier',
    pdf: 'Download the dossier as PDF',
    empty: 'There is nothing yet: the dossier fills with tools and assignments.',
    contents: 'What it contains',
    noPhase: 'Modules',
    pathway: (title: string, programme: string) => `Pathway: ${title} (${programme})`,
    asOf: (day: string) => `As of ${day}`,
    handedIn: (version: number, day: string) => `Assignment handed in on ${day}, version ${version}.`,
    files: 'Attached files',
  },
)
