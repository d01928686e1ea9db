import { dictionary } from '../../language/language.ts'
import type { Parameter } from './ranking.ts'

export const words = dictionary(
  {
    title: 'Scelta del servizio prioritario',
    purpose:
      'Mettete a confronto i servizi a contatto con il pubblico e scegliete quello da cui cominciare: il servizio scelto passa agli strumenti che seguono.',
    services: 'Servizi messi a confronto',
    servicesHelp:
      'Da tre a sei servizi bastano. Il numero di utenti e i reclami sono quelli di un anno; il peso strategico e la fattibilità si danno da 1 (poco) a 5 (molto).',
    name: 'Servizio',
    parameters: {
      users: 'Utenti in un anno',
      complaints: 'Reclami in un anno',
      strategic: 'Peso strategico (1-5)',
      feasibility: 'Fattibilità (1-5)',
    } satisfies Record<Parameter, string>,
    short: { users: 'utenti', complaints: 'reclami', strategic: 'peso strategico', feasibility: 'fattibilità' } satisfies Record<
      Parameter,
      string
    >,
    weight: {
      users: 'Quanto pesano gli utenti',
      complaints: 'Quanto pesano i reclami',
      strategic: 'Quanto pesa l’importanza strategica',
      feasibility: 'Quanto pesa la fattibilità',
    } satisfies Record<Parameter, string>,
    weightHelp: 'Da 0 a 100.',
    chosen: 'Servizio scelto',
    chosenHelp: 'Con il nome che ha nella tabella. Potete scegliere anche un servizio che non è in testa: scrivete perché.',
    reason: 'Perché questo servizio',
    reasonHelp: 'Due o tre righe che capirebbe anche chi non c’era.',
    notListed: 'Questo servizio non è nella tabella qui sopra: scrivetelo con lo stesso nome.',
    twice: 'Questo servizio è già in una riga sopra.',
    noWeight: 'Almeno un peso deve essere più grande di zero.',
    twoServices: 'Servono almeno due servizi, altrimenti non c’è confronto.',
    ranking: 'Graduatoria: punti su 100',
    total: 'Totale',
    leads: (service: string, points: string, why: string) =>
      `In testa: ${service}, ${points} punti su 100${why && `, soprattutto per ${why}`}.`,
    why: (name: string, points: string, of: string) => `${name} (${points} su ${of})`,
    and: ' e ',
    tie: (services: string) => `A pari punti: ${services}. La scelta è vostra.`,
    chosenIs: (service: string) => `Servizio scelto: ${service}.`,
    chosenOther: 'Non è quello in testa alla graduatoria: il perché è scritto sotto.',
    chooseNow: 'Ora scrivete il servizio scelto e perché.',
    unknown: (service: string, names: string) => `${service}: manca ${names}, che quindi non dà punti.`,
  },
  {
    title: 'Choice of the priority service',
    purpose:
      'Compare the services in contact with the public and choose the one to begin with: the service chosen goes on to the tools that follow.',
    services: 'Services compared',
    servicesHelp:
      'Three to six services are enough. Users and complaints are those of a year; strategic weight and feasibility go from 1 (little) to 5 (much).',
    name: 'Service',
    parameters: {
      users: 'Users in a year',
      complaints: 'Complaints in a year',
      strategic: 'Strategic weight (1-5)',
      feasibility: 'Feasibility (1-5)',
    },
    short: { users: 'users', complaints: 'complaints', strategic: 'strategic weight', feasibility: 'feasibility' },
    weight: {
      users: 'How much users weigh',
      complaints: 'How much complaints weigh',
      strategic: 'How much strategic importance weighs',
      feasibility: 'How much feasibility weighs',
    },
    weightHelp: 'From 0 to 100.',
    chosen: 'Service chosen',
    chosenHelp: 'By its name in the table. You may choose a service that does not lead: write why.',
    reason: 'Why this service',
    reasonHelp: 'Two or three lines that somebody who was not there would understand.',
    notListed: 'This service is not in the table above: write it by the same name.',
    twice: 'This service is in a row above already.',
    noWeight: 'At least one weight must be more than zero.',
    twoServices: 'At least two services are needed, or there is nothing to compare.',
    ranking: 'Ranking: points out of 100',
    total: 'Total',
    leads: (service: string, points: string, why: string) =>
      `In the lead: ${service}, ${points} points out of 100${why && `, above all for ${why}`}.`,
    why: (name: string, points: string, of: string) => `${name} (${points} of ${of})`,
    and: ' and ',
    tie: (services: string) => `Equal points: ${services}. The choice is yours.`,
    chosenIs: (service: string) => `Service chosen: ${service}.`,
    chosenOther: 'It does not lead the ranking: the reason is written below.',
    chooseNow: 'Now write the service chosen and why.',
    unknown: (service: string, names: string) => `${service}: ${names} missing, which therefore earns no points.`,
  },
)
