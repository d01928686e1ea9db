/** Italian words that say nothing about what is asked, without accents; elided forms (`dell'`) are left by the split at the apostrophe. */
export const stopWords: ReadonlySet<string> = new Set(
  `
  il lo la gli le un uno una i l gl
  di a da in con su per tra fra d
  del dello della dei degli delle dell al allo alla ai agli alle all dal dallo dalla dai dagli dalle dall
  nel nello nella nei negli nelle nell sul sullo sulla sui sugli sulle sull col coi coll
  e ed o od ma se che chi cui non ne ci vi si mi ti c n s m t v po
  come cosa cos com dove dov quando quale quali qual perche poiche affinche cioe quindi oppure anche anch pero
  quanto quanta quanti quante
  questo questa questi queste quest quello quella quelli quelle quell quel quei cio stesso stessa
  io tu lui lei noi voi loro mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra vostri vostre
  essere sono sei siamo siete era erano sara saranno sia siano stato stata stati state e'
  avere ho hai ha abbiamo avete hanno abbia abbiano
  fare fa faccio facciamo fate fanno fatto fatta
  posso puo puoi possiamo potete possono potrei potremmo potrebbe
  devo deve devi dobbiamo dovete devono debba
  vorrei vorremmo voglio vuole vogliamo volevo bisogna serve servono occorre
  piu meno molto molta molti molte gia ancora poi solo sempre mai adesso ogni tutto tutta tutti tutte tutt qui li ecco
  buongiorno buonasera salve ciao grazie gentile saluti
  `
    .trim()
    .split(/\s+/),
)
