// What a refusal is about, in other languages than English: the same two questions as in bounce-grammar.ts, who is named and
// what is said of them, by the first letters of words, because endings change with case and gender.
//
// Easy to get wrong: "unknown" is also said of the sender, "deleted" of the mail, and "not found" of a host that is down
// today. So both words must stand in one clause, without a word for the sender, and for the weaker words without one for the mail.

import { type Find, folded } from "../basics/phrases.ts";

/** Folding makes small letters, also of the sign for any letter. */
const stems = (...lists: readonly string[]) => folded(lists.join("|")).replaceAll("\\p{l}", "\\p{L}");
const begins = (list: string) => new RegExp(`(?<![\\p{L}\\d])(?:${list})`, "u");

/** People, mailboxes, accounts, addresses and domains. */
const PERSON = stems(
  "empfänger|adress|benutzer|anwender|nutzer|postf[aä]ch|konto|kont[oaue]m?(?!\\p{L})|teilnehmer|domain|domän|domeni|domeen|mailbox|account",
  "destin|compte|utilisat|utiliza|boîte|bal |cuenta|usuari|buz[oó]n|direcci|indirizz|utent|casell|casill|caixa|endereço|contas?(?!\\p{L})|dominio|domínio",
  "ontvanger|geadresseerd|gebruiker|postvak|e-?mailadres|mottagar|användar|brevlåd|postlåd|mottaker|bruker|postkass|postboks|innboks|indbakk|modtager|bruger",
  "vastaanottaj|käyttäj|osoit|postilaatik|sähköpostilaatik|odbior|adresat|użytkown|skrzynk|příjem|uživatel|účet(?!\\p{L})|účt|schránk|príjem|používateľ|užívateľ",
  "címzett|felhasznál|cím|postafiók|postaláda|fiók|utilizator|cont(?:ul|ului)?(?!\\p{L})|căsuț|destinatar|потребител|получател|адрес|кути|ящик|пользовател|учетн|аккаунт|абонент",
  "користувач|одержувач|отримувач|обліков|скриньк|primatelj|primalac|korisnik|nalog|sanduč|naslovnik|prejemnik|uporabnik|naslov|predal|nabiralnik|račun",
  "saaja|kasutaja|aadress|postkast|saņēmēj|adresāt|lietotāj|pastkast|gavėj|vartotoj|dėžut|paskyr|παραλήπτ|χρήστ|διεύθυνσ|λογαριασμ|γραμματοκιβ",
  "úsáideoir|faighteoir|seoladh|bosca|bhosca|utent|indirizz|kaxxa|riċevitur|alıc|kullanıc|hesap|hesab|adres|posta kutu",
);

const SENDER = stems(
  "absender|expéditeur|émetteur|remitent|mittent|remetent|afzender|avsändar|avsender|afsender|lähettäj|nadawc|odesílatel|odosielateľ|feladó|küldő|expeditor",
  "подател|изпращач|pošiljatel|pošiljaoc|saatja|sūtītāj|siuntėj|αποστολέ|seoltóir|відправник|отправител|gönder(?:en|ici)|ihre (?:ip|domain|domäne|adresse)|votre (?:ip|domaine|adresse)|su (?:ip|dominio)",
);

const MAIL = stems(
  "nachricht|e-?mails?(?![\\p{L}-])|mails?(?![\\p{L}-])|message|courriel|mensaje|correo(?! de)|messaggi|mensage|bericht|meddeland|brev(?!låd)|melding|besked|viesti|wiadomo|zpráv|sprav|správ",
  "levele|üzenet|mesaj|писмо|писма|съобщени|poruk|sporočil|kirja|kiri|vēstul|laišk|pranešim|μήνυμ|teachtair|messaġġ|лист|повідомл|сообщени|письм|ileti",
);

/** Nobody has this name: said of a person or an address it has one meaning. */
const UNKNOWN = stems(
  "unbekannt|kennen (?:wir )?(?:niemanden|nicht)|niemand(?:en)? (?:unter|namens)|nicht (?:\\p{L}+ )?bekannt|existier\\p{L}* nicht|nicht existier|gibt es nicht|nicht vorhanden|nicht eingerichtet|nicht gefunden|kein(?:en)? (?:benutzer|empfänger|konto|postfach)",
  "inconnu|personne ne (?:poss|porte|utilise)|n'exist|inexistant|introuvable|non trouvé|pas été trouvé|aucun (?:compte|utilisat|destinataire)|aucune (?:boîte|adresse)|pas attribué",
  "desconocid|no pertenece|no exist|nunca exist|inexistent|no (?:se |ha sido |fue )?(?:\\p{L}+ )?encontr|ningún (?:usuario|buz[oó]n)|no está dad|no está registrad|no figura|ya no está en uso",
  "sconosciut|inesist|non c'è alcun|non esist|non (?:è stat[oa] )?trovat|nessun (?:utente|account)|nessuna casella|non risulta|desconhecid|não exist|nunca exist|não (?:foi )?(?:encontrad|localizad)|não (?:está )?cadastrad|nenhum (?:utiliz|usuári)",
  "onbekend|niemand|bestaa[nt] niet|niet bestaa|niet (?:\\p{L}+ )?gevonden|niet bekend|niet in gebruik|geen (?:gebruiker|account|postvak|mailbox)",
  "okänd|saknas|finns (?:inte|ej|ingen)|hittades inte|hittas inte|ingen (?:användare|mottagare|bruker|bruger|mottaker|modtager|konto)|ukjent|ukendt|kendes ikke|finnes ikke|findes ikke|eksisterer ikke|ikke funnet|ikke fundet",
  "tuntemat|ei ole olemassa|ei löy|ei tunneta|ei ole tässä|ei ole käytössä|nieznan|nie istniej|nie ma taki|nie znalezion|nie figuruj|nie jest znan",
  "neznám|neexistuj|nenalezen|nebyl\\p{L}? nalezen|není (?:znám|na naš|v )|takov\\p{L}* .{0,60}není|nenájden|nenašl|sa nenaš",
  "ismeretlen|nem létez|nem található|nincs ilyen|nem szerepel|necunoscut|nu avem|nu exist|inexistent|nu (?:a fost |s-a )?găsit|непознат|неизвест|не същ|несъщ|няма (?:так|кути|потреб|адрес|получ)|не е намер",
  "nepoznat|ne postoji|nepostoje|nije pronađen|nije poznat|nema takv|neznan|ne obstaja|neobstoje|ni (?:bil\\p{L}? )?najden|ni znan",
  "tundmatu|ei ole olemas|pole olemas|ei eksisteeri|ei leitud|puudub|sellist|nezinām|neeksist|nav atrast|nav zinām|nav tāda|nežinom|neegzist|nerast|nėra",
  "άγνωστ|δεν υπάρχ|ανύπαρκτ|δεν βρέθ|anaithnid|níl an|níl aon|ma jeżist|mhux magħruf|ma nstab",
  "невідом|не існу|неіснуюч|не знайд|не зареєстр|немає так|не сущ|несущ|не найд|не зарегистр|нет (?:так|пользоват|адресат|ящик)|bilinm|bulunam|bulunm|mevcut değil|kayıtlı değil|yok(?!\\p{L})",
);

/** Closed or removed: of a mailbox the same, but mails are deleted, too. */
const CLOSED = stems(
  "gelöscht|aufgelöst|geschlossen|deaktiv|ungültig|erloschen|nicht mehr (?:gültig|aktiv)|stillgelegt|supprim|fermé|désactiv|invalides?(?!\\p{L})|n'est plus|résilié",
  "eliminad|cerrad|desactiv|deshabilit|no (?:es )?válid|dad[oa] de baja|disattiv|chius|eliminat|cancellat|soppress|non (?:è )?(?:più )?(?:valid|attiv)|encerrad|removid|apagad|excluíd|inválid[oa]s?(?!\\p{L})|cancelad|desativ",
  "opgeheven|verwijderd|gesloten|ongeldig|gedeactiv|niet (?:meer )?(?:geldig|actief)|radera|tagits bort|borttag|avslut|stängt|ogiltig|avaktiv|slettet|nedlagt|lukket|stengt|ugyldig|fjernet",
  "poistettu|suljettu|lakkaut|virheelli|ei ole voimassa|vanhentun|usunięt|zamknięt|zlikwid|nieprawidł|błędn|nieaktualn|niepopraw|wyłączon|dezaktyw|nieaktyw|zrušen|smazán|odstraněn|neplatn|uzavř|neaktivn|deaktiv|není plat|zmazan|odstránen|uzavret",
  "megszűn|törölt|törölve|érvénytelen|megszüntet|închis|dezactiv|ștears|șters|закрит|изтрит|деактив|невалид|ukinut|obrisan|izbrisan|zatvoren|neispravn|nevažeć|ukinjen|zaprt|neveljav",
  "suletud|kustutatud|kehtetu|slēgt|dzēst|nederīg|likvidēt|ištrint|panaikint|uždaryt|negalioj|išjungt|διαγρ|καταργ|απενεργ|μη έγκυρ|scriosta|dúnta|imħassar|magħluq|mhux valid",
  "видален|деактив|недійсн|удал|не действу|закрыт|недействит|отключен|kapatıl|silin|devre dışı|geçersiz|geçerli değil",
);

const ROOM = stems(
  "postf[aä]ch|mailbox|speicher|kontingent|quota|kvot|kvóta|kota|konto|boîte|messagerie|espace|buz[oó]n|cuota|espacio|límite|limit|casell|spazio|caixa|espaço|cota",
  "postvak|opslag|ruimte|brevlåd|inkorg|utrymme|postkass|postboks|innboks|indbakk|lagring|plads|plass|postilaatik|laatik|skrzynk|miejsc|kont|schránk|úložiště|míst|miest",
  "postafiók|postaláda|tárhely|căsuț|spați|пощенск|кути|sandučić|sanduč|prostor|nabiralnik|predal|postkast|ruum|pastkast|kast|dėžut|γραμματοκιβ|χώρο|bosca|kaxxa",
  "скриньк|місц|ящик|мест|posta kutu|kutu|alanı",
);
const FULL = stems(
  "voll(?!st)|überfüllt|erreicht|aufgebraucht|erschöpft|überschritten|plein|satur|atteint|dépass|insuffis|épuisé|llen[oa]|superad|excedid|agotad|insuficient|sin espacio",
  "pien|esaurit|superat|insufficient|chei[oa]|ultrapass|esgotad|vol(?!\\p{L})|overschreden|onvoldoende|bereikt|full(?!\\p{L})|överfull|överskrid|slut|fuld|fyldt|overskr|nådd|opbrugt|brukt opp",
  "täynn|loppu|ylit|täyttyn|pełn|przepeł|przekrocz|brak miejsca|wyczerp|pln|přepln|preplnen|překroč|prekroč|vyčerp|nedostat|megtelt|tele(?!\\p{L})|betelt|túllép|plin[ăa]?(?!\\p{L})|depăș|epuiz",
  "пълна|препълн|надвиш|изчерп|puna?(?!\\p{L})|prepun|prekorač|popunj|poln|zased|täis(?!\\p{L})|täitun|ület|piln|pārpild|pārsnieg|perpild|viršyt|γεμάτ|πλήρ|υπερβ|εξαντλ",
  "lán(?!\\p{L})|mimli|переповн|заповн|перевищ|закінч|переполн|заполн|превыш|законч|полон|dolu|doldu|aşıl|aştı(?!\\p{L})|yetersiz",
);
const PASSING = stems(
  "vorübergehend|zurzeit|derzeit|momentan|später|temporaire|momentané|actuellement|plus tard|temporal|momentáne|más tarde|temporane|più tardi|mais tarde|tijdelijk|momenteel",
  "tillfällig|midlertidig|tilapäis|tymczas|chwilow|dočasn|átmeneti|ideiglenes|temporar|временно|времен|privremen|začasn|ajuti|īslaic|laikin|προσωριν|sealadach|temporanj|тимчасов|geçici",
);
const ADVERTISING = stems(
  "als werbung|schwarze\\p{L}? liste|liste noire|lista negra|lista nera|zwarte lijst|svart ?list|sort ?list|musta\\p{L}* lista|czarn\\p{L}+ list|čern\\p{L}+ listin|feketelist|lista neagră|ч[её]рн\\p{L}+ спис|чорн\\p{L}+ спис|crn\\p{L}+ list|kara liste|als spam|spam|pourriel|indésirable|no deseado|indesiderat|não solicitad|ongewenst|skräppost|søppelpost|roskapost|niechcian|nevyžádan|nevyžiadan|kéretlen|nedorit|нежелан|neželjen|neželen|rämpspost|surogātpast|šlamšt|ανεπιθύμ|спам|небажан|нежелат|istenmeyen",
);

const has = {
  person: begins(PERSON),
  sender: begins(SENDER),
  mail: begins(MAIL),
  unknown: begins(UNKNOWN),
  closed: begins(CLOSED),
  room: begins(ROOM),
  full: begins(FULL),
  passing: begins(PASSING),
  advertising: begins(ADVERTISING),
};

type Clause = { words: string; at: number; end: number };

/** An address has dots of its own, and every sign keeps its place. */
function clausesOf(text: string): Clause[] {
  const masked = text
    .slice(0, 2000)
    .replace(/[\w.+'-]{1,64}@[\w.-]{1,255}/g, (address) => `@${"x".repeat(address.length - 1)}`);
  return [...masked.matchAll(/[^.:;,!?\n]{3,400}/g)].map(({ 0: words, index }) => ({
    words,
    at: index,
    end: index + words.length,
  }));
}

const clauseWhere =
  (is: (words: string) => boolean) =>
  (text: string): Find | null => {
    const found = clausesOf(text).find(({ words }) => /[^\0-\x7f]|\p{L}{3}/u.test(words) && is(words));
    return found
      ? { language: "", quote: text.slice(found.at, found.end), at: found.at, end: found.end }
      : null;
  };

const isFaulty = (words: string) => has.unknown.test(words) || has.closed.test(words);

/** "Expéditeur inconnu", "Odesilatel neexistuje". */
export const SENDER_BLAMED_ABROAD = clauseWhere((words) => has.sender.test(words) && isFaulty(words));

/** "Schránka je plná", "У получателя закончилось место". */
export const FULL_ABROAD = clauseWhere((words) => has.room.test(words) && has.full.test(words));

/** "Uživatel neexistuje", "Das Konto wurde gelöscht". */
export const NOBODY_ABROAD = clauseWhere((words) => {
  if (has.sender.test(words) || has.passing.test(words)) return false;
  const isNamed = has.person.test(words);
  if (has.unknown.test(words)) return isNamed || (words.includes("@") && !has.mail.test(words));
  // "The account was deleted and takes no more mail", but not "your mail to the account was deleted".
  const closed = has.closed.exec(words);
  return isNamed && closed !== null && !has.mail.test(words.slice(0, closed.index));
});

/** "Als Werbung eingestuft". */
export const UNWANTED_ABROAD = clauseWhere((words) => has.advertising.test(words));
