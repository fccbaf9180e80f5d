// Phrases that spam uses much and business emails little, in the languages of the screen. A phrase alone blocks no email; filters
// add it to what else they find.

// texts: not translated, these are phrases to be found in emails
const PHRASES = [
  "100% free|act now|as seen on|buy now|cash bonus|casino|click below|click here|dear friend|double your|earn money",
  "extra income|free gift|limited time|lowest price|make money|money back|no cost|no obligation|once in a lifetime|order now",
  "risk free|risk-free|special promotion|this is not spam|urgent|viagra|weight loss|winner",
  "100 % kostenlos|geld verdienen|hier klicken|jetzt kaufen|kein risiko|klicken sie hier|letzte chance|nur für kurze zeit",
  "ohne risiko|sofort handeln",
  "100% gratis|clic aquí|compre ahora|gane dinero|haga clic|oferta limitada|sin riesgo|tiempo limitado|última oportunidad",
  "100 % gratuit|achetez maintenant|cliquez ici|dernière chance|gagnez de l'argent|offre limitée|sans risque",
].flatMap((line) => line.split("|"));

/** In the order of the list, each once. */
export function riskyPhrases(text: string): string[] {
  const words = ` ${text
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll(/[^\p{L}\p{N}%'-]+/gu, " ")} `;
  return PHRASES.filter((phrase) => words.includes(` ${phrase} `));
}
