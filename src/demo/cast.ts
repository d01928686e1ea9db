/** The named people of the demo and of every test; invented. */
export const cast = {
  rosa: { name: 'Rosa Esposito', email: 'rosa@comune.salerno.example' },
  luca: { name: 'Luca Esposito', email: 'luca@comune.salerno.example' },
  nadia: { name: 'Nadia Greco', email: 'nadia@comune.cosenza.example' },
  paolo: { name: 'Paolo Conti', email: 'paolo@formazione.example' },
  tina: { name: 'Tina Ferrero', email: 'tina@formazione.piemonte.example' },
  carla: { name: 'Carla Ricci', email: 'carla@ministero.example' },
  enzo: { name: 'Enzo Romeo', email: 'enzo@regione.calabria.example' },
} as const
