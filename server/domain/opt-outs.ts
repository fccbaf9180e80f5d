// Somebody who wants no more mail says so in words.
//
// Easy to get wrong: "unsubscribe" stands in our own footer, which every answer quotes, and in the footers of others.
// So only fresh text counts; a lone word such as "stop" counts only as the whole mail, and a request must be one:
// "how do your customers unsubscribe?" is a question, and "don't stop" is the opposite.

import { type Find, finderOf, folded, quoteAround } from "./phrases.ts";

/** The whole mail, apart from courtesies, is one of these. */
const ALONE = {
  en: [
    "unsubscribe",
    "unsubscribe me",
    "stop",
    "stop it",
    "stop emailing",
    "stop emails",
    "remove",
    "remove me",
    "opt out",
    "opt-out",
    "optout",
    "cancel",
    "leave me alone",
    "no more",
    "no more emails",
    "take me off",
  ],
  de: [
    "abmelden",
    "abbestellen",
    "austragen",
    "stopp",
    "stop",
    "löschen",
    "bitte abmelden",
    "bitte austragen",
    "keine mails mehr",
    "keine e-mails mehr",
  ],
  fr: [
    "désabonner",
    "désinscrire",
    "désinscription",
    "désabonnement",
    "stop",
    "me désinscrire",
    "retirez-moi",
    "supprimer",
  ],
  es: [
    "baja",
    "darme de baja",
    "dar de baja",
    "cancelar suscripción",
    "parar",
    "alto",
    "eliminar",
    "no más correos",
  ],
  it: [
    "cancellami",
    "disiscrivimi",
    "disiscrizione",
    "cancellazione",
    "basta",
    "stop",
    "rimuovere",
    "rimuovimi",
  ],
  pt: ["descadastrar", "cancelar inscrição", "remover", "sair", "parar", "pare", "descadastre-me"],
  nl: ["afmelden", "uitschrijven", "stop", "verwijderen", "stoppen", "afmelding"],
  sv: ["avregistrera", "avprenumerera", "avsluta", "stopp", "avanmäl", "ta bort mig", "sluta"],
  no: ["avmeld", "meld meg av", "stopp", "avregistrer", "fjern meg", "slett meg"],
  da: ["afmeld", "frameld", "afmeld mig", "stop", "slet mig", "fjern mig"],
  fi: ["peruuta tilaus", "peru tilaus", "lopeta", "poista", "poista minut", "poistakaa", "seis"],
  pl: ["wypisz", "wypisz mnie", "rezygnuję", "stop", "usuń mnie", "usunąć", "proszę o wypisanie"],
};

/** A request, wherever in the mail it stands. */
const REQUESTS = {
  en: [
    ...[
      "please unsubscribe me",
      "please unsubscribe",
      "unsubscribe me",
      "unsubscribe us",
      "i want to unsubscribe",
      "i would like to unsubscribe",
      "i'd like to unsubscribe",
      "i wish to unsubscribe",
      "remove me from",
      "remove us from",
      "remove my email",
      "remove my address",
      "remove my name",
      "please remove me",
      "please remove my",
      "kindly remove me",
      "take me off",
      "take my name off",
      "take us off",
      "opt me out",
      "please opt me out",
      "i want to opt out",
      "i would like to opt out",
    ],
    ...[
      "stop emailing me",
      "stop e-mailing me",
      "stop emailing us",
      "stop mailing me",
      "stop contacting me",
      "stop contacting us",
      "stop sending me",
      "stop sending these",
      "stop writing to me",
      "stop spamming",
      "stop spamming me",
      "quit emailing me",
      "do not contact me",
      "don't contact me",
      "do not contact us",
      "do not email me",
      "don't email me",
      "do not send me … more",
      "don't send me any",
      "do not send me any",
      "no further emails",
      "no more emails",
      "cease and desist",
      "never contact me",
      "never email me",
      "delete my data",
      "delete my email",
      "delete my address",
      "erase my data",
    ],
  ],
  de: [
    ...[
      "melden sie mich ab",
      "melde mich ab",
      "mich … abmelden",
      "tragen sie mich aus",
      "bitte austragen",
      "aus ihrem verteiler",
      "aus dem verteiler",
      "aus ihrer liste",
      "von ihrer liste",
      "von der liste",
      "aus ihrer datenbank",
      "keine weiteren e-mails",
      "keine weiteren mails",
      "keine weiteren nachrichten",
      "keine e-mails mehr",
      "keine mails mehr",
      "keine werbung mehr",
    ],
    ...[
      "schreiben sie mir nicht mehr",
      "kontaktieren sie mich nicht",
      "nicht mehr kontaktieren",
      "nicht mehr anschreiben",
      "nicht weiter kontaktieren",
      "unterlassen sie",
      "löschen sie meine daten",
      "löschen sie meine adresse",
      "meine daten löschen",
      "meine daten zu löschen",
      "hören sie auf",
      "bitte abbestellen",
      "newsletter abbestellen",
    ],
  ],
  fr: [
    "désabonnez-moi",
    "désinscrivez-moi",
    "me désabonner",
    "me désinscrire",
    "retirez-moi",
    "me retirer de",
    "supprimez-moi",
    "retirer de votre liste",
    "retirer mon adresse",
    "supprimer mon adresse",
    "supprimer mes données",
    "ne plus m'envoyer",
    "ne plus recevoir",
    "ne m'écrivez plus",
    "ne me contactez plus",
    "plus me contacter",
    "cessez de m",
    "arrêtez de m",
    "de votre liste de diffusion",
  ],
  es: [
    "darme de baja",
    "dame de baja",
    "deme de baja",
    "denme de baja",
    "dar de baja",
    "elimíneme",
    "elimíname",
    "elimine mi correo",
    "eliminar mis datos",
    "quíteme de",
    "quítame de",
    "bórreme",
    "bórrame",
    "no me envíe más",
    "no me envíen más",
    "no me escriba más",
    "no me contacte",
    "no me contacten",
    "no vuelvan a contactar",
    "no quiero recibir más",
    "no deseo recibir más",
    "dejen de enviarme",
    "deje de enviarme",
    "dejen de escribirme",
    "de su lista",
  ],
  it: [
    "cancellami da",
    "cancellatemi",
    "mi cancelli",
    "disiscrivetemi",
    "rimuovetemi",
    "rimuovimi da",
    "mi rimuova",
    "togliermi dalla",
    "toglietemi",
    "cancellare i miei dati",
    "cancellare il mio",
    "non desidero ricevere",
    "non voglio più ricevere",
    "non inviatemi più",
    "non scrivetemi più",
    "non contattatemi",
    "smettete di",
    "smettetela",
    "dalla vostra lista",
    "dalla mailing list",
  ],
  pt: [
    "me descadastre",
    "descadastrar meu",
    "descadastre meu",
    "remova-me",
    "me remova",
    "remova meu",
    "remover meu",
    "retire-me",
    "me retire",
    "retirar meu",
    "cancelar minha inscrição",
    "não quero receber mais",
    "não quero mais receber",
    "não desejo receber",
    "não me envie mais",
    "não me enviem mais",
    "não entre mais em contato",
    "parem de enviar",
    "pare de enviar",
    "da sua lista",
    "da vossa lista",
    "apagar os meus dados",
    "excluir meus dados",
  ],
  nl: [
    "schrijf mij uit",
    "schrijf me uit",
    "mij uitschrijven",
    "me uitschrijven",
    "meld mij af",
    "meld me af",
    "mij afmelden",
    "verwijder mij",
    "verwijder me",
    "verwijder mijn",
    "van uw lijst",
    "van jullie lijst",
    "uit uw bestand",
    "uit jullie bestand",
    "geen mails meer",
    "geen e-mails meer",
    "geen berichten meer",
    "niet meer mailen",
    "niet meer benaderen",
    "stop met mailen",
    "stop met het sturen",
  ],
  sv: [
    "ta bort mig",
    "ta bort oss",
    "ta bort min",
    "avregistrera mig",
    "avprenumerera mig",
    "stryk mig",
    "inga fler mail",
    "inga fler mejl",
    "inte ha fler",
    "sluta maila",
    "sluta mejla",
    "sluta skicka",
    "kontakta mig inte",
    "vill inte bli kontaktad",
    "vill inte ha fler",
    "från er lista",
    "från din lista",
    "radera mina uppgifter",
  ],
  no: [
    "fjern meg",
    "slett meg",
    "meld meg av",
    "avmeld meg",
    "ta meg av",
    "slutt å sende",
    "slutt å maile",
    "slutt å kontakte",
    "ikke kontakt meg",
    "ikke send meg",
    "ingen flere e-poster",
    "ønsker ikke flere",
    "ønsker ikke å motta",
    "fra listen deres",
    "fra deres liste",
    "slett mine",
  ],
  da: [
    "fjern mig",
    "slet mig",
    "afmeld mig",
    "frameld mig",
    "tag mig af",
    "stop med at sende",
    "stop med at skrive",
    "stop med at maile",
    "hold op med",
    "kontakt mig ikke",
    "send mig ikke",
    "ikke flere mails",
    "ønsker ikke flere",
    "ønsker ikke at modtage",
    "fra jeres liste",
    "fra din liste",
    "slet mine",
  ],
  fi: [
    "poista minut",
    "poistakaa minut",
    "poista osoitteeni",
    "poistakaa osoitteeni",
    "poista yhteystietoni",
    "poistakaa yhteystietoni",
    "en halua enää",
    "älä lähetä",
    "älkää lähettäkö",
    "älä ota enää",
    "älkää ottako",
    "lopettakaa",
    "lopeta viestien",
    "peruuttaa tilauksen",
    "postituslistalta",
  ],
  pl: [
    "wypisz mnie",
    "proszę mnie wypisać",
    "proszę o wypisanie",
    "proszę o usunięcie",
    "proszę mnie usunąć",
    "usuńcie mnie",
    "usuń mnie",
    "proszę usunąć",
    "nie życzę sobie",
    "nie chcę otrzymywać",
    "proszę nie wysyłać",
    "proszę nie kontaktować",
    "proszę do mnie nie pisać",
    "przestańcie",
    "z listy mailingowej",
    "z państwa bazy",
    "z waszej bazy",
  ],
};

const alone = finderOf(ALONE);
const requests = finderOf(REQUESTS);
const COURTESIES =
  /(?<!\p{L})(?:please|pls|plz|thanks?|thank you|thx|hi|hello|bitte|danke|s'il vous plait|svp|merci|por favor|gracias|per favore|grazie|obrigad[oa]|alstublieft|aub|svp|dank u|bedankt|tack|snalla|takk|vennligst|tak|venligst|kiitos|prosze|dziekuje|now|immediately|sofort)(?!\p{L})|[^\p{L}\p{N}'\- ]+/gu;
const ASKS = /\?\s*$/;
const SHORT = 600;

export type OptOut = { rule: string; language: string; quote: string };

/** In what was written afresh, and in the subject where that is not our own. */
export function optOutIn(fresh: string, ownSubject: string | null): OptOut | null {
  const text = folded(fresh.slice(0, 3000));
  const whole = bare(text);
  const subject = ownSubject === null ? null : folded(ownSubject);
  const found = wholly(whole, alone);
  if (found) return { rule: "the whole mail", language: found.language, quote: fresh.trim().slice(0, 120) };
  const lone = subject === null ? null : wholly(bare(subject), alone);
  if (lone && whole.length < 40)
    return { rule: "the subject", language: lone.language, quote: ownSubject ?? "" };
  const line = firstLine(text);
  const opening = fresh.length <= SHORT && line ? wholly(bare(line), alone) : null;
  if (opening) return { rule: "the first line", language: opening.language, quote: line ?? "" };
  const request = requests(text);
  if (!request || isHarmless(text, request)) return null;
  return { rule: "a request", language: request.language, quote: quoteAround(fresh, request) };
}

const bare = (text: string) => text.replace(COURTESIES, " ").replace(/\s+/g, " ").trim();

function wholly(text: string, find: (text: string) => Find | null) {
  if (text.length > 60) return null;
  const found = find(text);
  return found && found.at === 0 && found.end === text.length ? found : null;
}

const firstLine = (text: string) => text.split("\n").find((line) => line.trim() !== "");

/** A question, a condition, a denial, or the footer of the sender's own newsletter. */
function isHarmless(text: string, { at, end, quote }: Find) {
  const before = text.slice(Math.max(0, at - 50), at);
  const sentenceEnd = text.slice(end, end + 120).split(/[.!\n]/, 1)[0] ?? "";
  if (
    /(?:\b(?:if you(?:'d)? (?:want|wish|would like|prefer|no longer)|how (?:do|can|would)|in order|don't|do not|never|to)\s+(?:\S+\s){0,3})$/.test(
      before,
    ) &&
    !/\b(?:want|like|wish|ask(?:ing)?|need|request(?:ing)?) (?:you )?to\s+(?:\S+\s){0,2}$/.test(before)
  )
    return !/^(?:do not|don't|never|no )/.test(quote);
  if (
    /\b(?:wenn sie|si vous|si desea|si no desea|se non|se desidera|als u|caso nao|om du|hvis du|jos haluat|jesli)\s+(?:\S+\s){0,6}$/.test(
      before,
    )
  )
    return true;
  return (
    ASKS.test(sentenceEnd) &&
    !/\b(?:can|could|would|will|konnten|pouvez|puede|puo|pode|kunt|kan)\b/.test(before)
  );
}
