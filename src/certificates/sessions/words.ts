import { dictionary } from '../../language/language.ts'
import type { AttestationRefusal } from './rules.ts'

export const words = dictionary(
  {
    title: 'Attestato dell’incontro',
    duration: 'Durata',
    attended: 'La tua presenza',
    needed: 'Presenza richiesta',
    withPercent: (minutes: string, percent: number) => `${minutes} (${percent}%)`,
    issue: 'Rilascia l’attestato',
    download: 'Scarica il PDF',
    verify: 'Apri la pagina di verifica',
    issued: (code: string) => `L’attestato è rilasciato, codice ${code}. Chiunque riceva il PDF può verificarlo con il codice o con il QR.`,
    may: 'La tua presenza raggiunge il minimo richiesto: puoi avere l’attestato.',
    issuedFlash: 'Attestato rilasciato: ora puoi scaricarlo.',
    back: 'Torna all’incontro',
    refusal: {
      not_over: 'L’attestato si rilascia quando l’incontro è concluso.',
      cancelled: 'L’incontro è stato annullato: non c’è niente da attestare.',
      staff: 'L’attestato non si rilascia a docenti e coordinatori.',
      below_threshold: 'La presenza registrata non raggiunge il minimo richiesto. Se non ti torna, scrivi a chi ha tenuto l’incontro.',
    } satisfies Record<AttestationRefusal, string>,
  },
  {
    title: 'Certificate of the session',
    duration: 'Duration',
    attended: 'Your attendance',
    needed: 'Attendance required',
    withPercent: (minutes, percent) => `${minutes} (${percent}%)`,
    issue: 'Issue the certificate',
    download: 'Download the PDF',
    verify: 'Open the verification page',
    issued: (code) => `The certificate is issued, code ${code}. Whoever receives the PDF can verify it by the code or the QR.`,
    may: 'Your attendance reaches the minimum required: the certificate is yours to have.',
    issuedFlash: 'Certificate issued: you can download it now.',
    back: 'Back to the session',
    refusal: {
      not_over: 'The certificate is issued when the session is over.',
      cancelled: 'The session was cancelled: there is nothing to certify.',
      staff: 'The certificate is not issued to trainers and coordinators.',
      below_threshold:
        'The attendance recorded does not reach the minimum required. If that seems wrong, write to whoever held the session.',
    },
  },
)
