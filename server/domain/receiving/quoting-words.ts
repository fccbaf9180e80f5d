// How mail programs, in the languages we read, introduce what they quote, and how people end what they write.

// Each pattern here is tried on lines of strangers: no two parts of it that may follow each other take the same characters.

/** The possible ends of an introduction, with all words before. */
const ENDS_WITH = [
  "On\\b.*\\bwrote",
  "At\\b.*\\bwrote",
  ".*<[^<>\\s@]+@[^<>\\s]+>\\s*(?:wrote|writes)",
  "[^@\\d]*[@\\d].*\\bwrote",
  "Le\\b.*\\ba [ée]crit",
  "[^@\\d]*[@\\d].*\\ba [ée]crit",
  "El\\b.*\\bescribi[óo]",
  "[^@\\d]*[@\\d].*\\bescribi[óo]",
  "Il\\b.*\\bha scritto",
  "[^@\\d]*[@\\d].*\\bha scritto",
  "Em\\b.*\\bescreveu",
  "[^@\\d]*[@\\d].*\\bescreveu(?: \\((?:[^()]|\\([^()]*\\))*\\))?",
  "A\\b.*\\bescreveu",
  "[^@\\d]*[@\\d].*\\bnapisał(?:a|\\(a\\)|\\/a)?",
  "[^@\\d]*[@\\d].*\\bpisze",
].join("|");

/** Words after which anything may follow. */
const BEGINS_WITH = [
  "Am\\b.*\\bschrieb\\b",
  "[^@\\d]*[@\\d].*\\bschrieb am\\b",
  ".*<[^<>\\s]+>\\s*(?:schrieb|hat geschrieben)\\b",
  "Op\\b.*\\b(?:schreef|geschreven)\\b",
  "[^@\\d]*[@\\d].*\\bschreef\\b",
  "Den\\b.*\\bskrev\\b",
  "[^@\\d]*[@\\d].*\\bskrev\\b",
  "P[åa]\\b.*\\bskrev\\b",
  "[^@\\d]*[@\\d].*\\bkirjoitti\\b",
  "W dniu\\b",
  "Wiadomość napisana\\b",
].join("|");

/** One line of it, joined where it was folded. */
export const ATTRIBUTION = new RegExp(`^(?:(?:${ENDS_WITH})\\s*:?$|${BEGINS_WITH})`, "i");

/**
 * Any language's introduction, by its shape: an address or a day with an hour, and a colon at the end. Gmail's "2026年3月3日(火)
 * 9:00 Ole Dahl <ole@…>:" has no verb, and Hungarian and Turkish put theirs where no list of beginnings finds it.
 */
export function introducesByShape(line: string): boolean {
  if (!/[:：]$/.test(line) || line.length > 300) return false;
  if (/<[^<>\s@]{1,64}@[^<>\s@]{1,255}>/.test(line)) return true;
  const hasHour = /\d{1,2}[:.h]\d\d(?!\d)/.test(line);
  return hasHour && /(?<!\d)20\d\d(?!\d)/.test(line) && line.length < 160;
}

/** "----- Eredeti üzenet -----": a few words between dashes, in any language. */
export const BETWEEN_DASHES = /^[\s>]*[-‐—_]{3,}[ \t]?[\p{L}][\p{L}' ]{3,40}:?[ \t]?[-‐—_]{3,}$/u;

/** A line of a header block in a language that is not in the list: a short name, a colon, a value. */
export const ANY_FIELD = /^[\s>*]*[\p{L}][\p{L} .-]{0,24}\*{0,2}[ \t]?[:：]/u;

/** Where ticket systems ask for an answer to be typed: "##- Please type your reply above this line -##". */
export const REPLY_ABOVE =
  /^[\s>]*(?:##-[^#]{1,120}-##|[-—–=*_ ]{0,12}(?:please )?(?:type your )?reply above this line[-—–=*_ .]{0,12})$/i;

/** Above it, they say that something was added. */
export const FRAME_ABOVE =
  /^(?:(?:a|an|new) (?:new )?(?:comment|reply|note|update) (?:was|has been) (?:added|posted)\b.{0,80}|(?:additional )?comments?:?|latest (?:comment|reply|update):?|[-=_*\s]{3,})$/i;

const CLOCK = /(?<!\d)\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?!\d)/;
const NOT_NAMES =
  /(?:gmt|utc|cest|cet|[ecmp][ds]t|am|pm|at|on|additional comments|work notes|public reply|internal note)(?![\p{L}])|[\p{Nd}\p{P}\p{S}]+/giu;

/** "Lou (Marlow), Nov 25, 2026, 10:20 GMT": a name, a day and a clock and nothing else. Ticket systems set it above each comment. */
export function namesComment(line = ""): boolean {
  if (line.length > 110 || !CLOCK.test(line) || !/(?<!\d)20\d\d(?!\d)/.test(line)) return false;
  const names = line.replace(NOT_NAMES, " ").trim().split(/\s+/);
  return names.length >= 2 && names.length <= 7 && names.every((name) => /^\p{Lu}/u.test(name));
}

/** Below what a person typed, ticket systems say who they are. */
export const FRAME_BELOW =
  /^(?:this e-?mail is a service from |view request\b|ref:(?:msg|tis)[0-9]|\[? ?ref:!?_?00d|thread::[\w-]+::|ticket: https?:\/\/|you can reply directly to this (?:e-?mail|message)|powered by (?:jira|zendesk|freshdesk)|ticket <url:|take me to the (?:incident|request|case))/i;

const ORIGINAL = [
  ...["original message", "original appointment", "urspr[üu]ngliche nachricht", "originalnachricht"],
  ...[
    "message d'origine",
    "message original",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
  ],
  ...["oorspronkelijk bericht", "ursprungligt meddelande", "originalmeddelande", "opprinnelig melding"],
  ...["oprindelig meddelelse", "alkuper[äa]inen viesti", "wiadomość oryginalna", "oryginalna wiadomość"],
].join("|");
const FORWARDED = [
  ...["forwarded message", "weitergeleitete nachricht", "message transf[ée]r[ée]"],
  ...["mensaje reenviado", "messaggio inoltrato", "mensagem encaminhada", "doorgestuurd bericht"],
  ...["vidarebefordrat meddelande", "videresendt melding", "videresendt meddelelse"],
  ...["edelleenlähetetty viesti", "v[äa]litetty viesti", "przekazana wiadomość", "wiadomość przekazana"],
].join("|");

export const SEPARATOR = new RegExp(`^[\\s>]*-{2,}\\s*(?:${ORIGINAL})\\s*(?::\\s*)?-{2,}\\s*$`, "i");
export const FORWARD = new RegExp(
  `^[\\s>]*(?:-{2,}\\s*(?:(?:${FORWARDED})\\s*(?::\\s*)?-{2,}|forwarded by .*--)|begin forwarded message:|anfang der weitergeleiteten (?:nachricht|e-mail):|début du message (?:réexpédié|transféré)\\s*:|inizio messaggio inoltrato:|inicio del mensaje reenviado:)\\s*$`,
  "i",
);

const FIELDS = [
  ...["from", "sent", "date", "to", "cc", "subject", "reply-to"],
  ...["von", "gesendet", "datum", "an", "betreff", "de", "envoy[ée]", "date", "à", "objet"],
  ...["enviado(?: el| em)?", "fecha", "para", "asunto", "assunto", "data", "da", "inviato", "a", "oggetto"],
  ...[
    "van",
    "verzonden",
    "aan",
    "onderwerp",
    "från",
    "skickat",
    "till",
    "ämne",
    "fra",
    "sendt",
    "dato",
    "til",
  ],
  ...["emne", "lähettäjä", "lähetetty", "päivämäärä", "päiväys", "vastaanottaja", "aihe"],
  ...["od", "wysłan[oey]", "do", "dw", "temat"],
].join("|");
export const HEADER_FIELD = new RegExp(`^[\\s>]*\\*{0,2}(?:${FIELDS})\\s?:\\*{0,2}(?:\\s|$)`, "i");

/** A line a telephone puts below every mail. */
export const DEVICE = new RegExp(
  `^(?:${[
    ...["sent from (?:my |mail for |yahoo|outlook|proton|samsung).*", "get outlook for .*", "sent via .*"],
    ...["(?:von meine[mr] .*|gesendet von .*|von .{1,20}) gesendet", "gesendet (?:mit|von) .*"],
    ...[
      "envoyé (?:de|depuis|à partir de) .*",
      "enviado (?:desde|do|via|a partir do) .*",
      "inviato (?:da|dal) .*",
    ],
    ...["verstuurd vanaf .*", "verzonden (?:vanaf|met|via) .*", "skickat från .*", "sendt fra .*"],
    ...[
      "изпратено от .*",
      "odesláno .{0,12}(?:z|ze) .*",
      "odoslané .*",
      "poslano .{0,12}(?:s|z|iz) .*",
      "saadetud minu .*",
      "στάλθηκε από .*",
      "elküldve .*",
      "nosūtīts no .*",
      "išsiųsta iš .*",
      "trimis de pe .*",
      "отправлено (?:с|из) .*",
      "надіслано з .*",
      ".{0,30}(?:iphone|ipad)'?[ıiu]?[mn]?dan gönderildi",
      ".{0,30}から送信",
      "나의 .{0,20}에서 보냄",
      "发自我的.*",
      "從我的.{0,20}傳送",
    ],
    ...["lähetetty .{0,20}(?:sta|stä|sta mobiili.*)", "wysłan[eoay] (?:z|za pomocą) .*"],
  ].join("|")})$`,
  "i",
);

export const DISCLAIMER =
  /^\s*(?:\*{0,3}\s?)?(?:confidentiality notice|disclaimer|this (?:e-?mail|message)(?: and any (?:attachments?|files))?.{0,60}(?:confidential|intended)|diese (?:e-?mail|nachricht).{0,40}vertraulich|ce (?:message|courriel).{0,60}confidentiel|este (?:mensaje|correo|mensagem|e-?mail).{0,80}confidencia)/i;

/** How people end a mail, alone on its line. */
export const GOODBYE = new RegExp(
  `^(?:${[
    ...[
      "(?:best|kind|warm|many|with (?:best|kind)) (?:regards|wishes|thanks)",
      "regards",
      "best",
      "cheers",
      "br",
    ],
    ...[
      "thanks(?: again| so much| in advance)?",
      "thank you",
      "sincerely",
      "yours (?:sincerely|truly|faithfully)",
    ],
    ...["all the best", "take care", "many thanks", "rgds"],
    ...[
      "(?:mit )?(?:freundlichen?|besten|herzlichen?|lieben?|viele[n]?|sch[öo]nen?|beste|liebe) gr(?:[üu]ß|uess|uss)en?",
    ],
    ...[
      "viele gr[üu](?:ß|ss)e",
      "mfg",
      "lg",
      "vg",
      "bien cordialement",
      "cordialement",
      "(?:bien|meilleures) .{0,20}salutations",
    ],
    ...[
      "salutations",
      "bonne journée",
      "bien à vous",
      "(?:un )?(?:cordial )?saludo[s]?(?: cordiales)?",
      "atentamente",
    ],
    ...[
      "un saludo",
      "gracias(?: y saludos)?",
      "cordiali saluti",
      "distinti saluti",
      "(?:un )?saluti?",
      "grazie(?: e saluti)?",
    ],
    ...[
      "atenciosamente",
      "att",
      "cumprimentos",
      "(?:com os )?melhores cumprimentos",
      "abraços?",
      "obrigad[oa]",
    ],
    ...[
      "(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?",
      "mvg",
      "groet(?:en|jes)?",
      "(?:med )?vänlig(?:a)? hälsning(?:ar)?",
    ],
    ...[
      "mvh",
      "hälsningar",
      "(?:med )?vennlig(?:e)? hilsen",
      "hilsen",
      "(?:med )?venlig(?:e)? hilsen",
      "vh",
      "(?:de )?bedste hilsner",
    ],
    ...[
      "(?:с уважение|поздрави|s pozdravem|s pozdravom|lijep pozdrav|srdačan pozdrav|lep pozdrav)",
      "(?:lugupidamisega|parimate soovidega|tervitades|ar cieņu|pagarbiai|με εκτίμηση|φιλικά)",
      "(?:üdvözlettel|tisztelettel|cu stimă|toate cele bune|le meas|le gach dea-ghuí|tislijiet)",
      "(?:с уважением|всего доброго|з повагою|saygılarımla|iyi çalışmalar|sevgiler)",
      "(?:敬具|よろしくお願いいたします|よろしくお願いします|감사합니다|此致敬礼|此致|祝好)",
      "(?:ystävällisin )?terveisin",
      "ystävällisesti",
      "(?:z )?(?:poważaniem|pozdrowieniami)",
      "pozdrawiam(?: serdecznie)?",
    ],
  ].join("|")})\\s*[,.!]*$`,
  "i",
);
