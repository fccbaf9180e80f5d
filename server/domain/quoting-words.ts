// How mail programs, in the languages we read, introduce what they quote, and how people end what they write.

/** One line of it, joined where it was folded. */
export const ATTRIBUTION = new RegExp(
  `^(?:${[
    ...[
      "On\\b.*\\bwrote",
      "At\\b.*\\bwrote",
      ".*<[^<>\\s]+@[^<>\\s]+>\\s*(?:wrote|writes)",
      ".*[@\\d].*\\bwrote",
    ],
    ...[
      "Am\\b.*\\bschrieb\\b.*",
      ".*[@\\d].*\\bschrieb am\\b.*",
      ".*<[^<>\\s]+>\\s*(?:schrieb|hat geschrieben)\\b.*",
    ],
    ...[
      "Le\\b.*\\ba [ée]crit",
      ".*[@\\d].*\\ba [ée]crit",
      "El\\b.*\\bescribi[óo]",
      ".*[@\\d].*\\bescribi[óo]",
    ],
    ...[
      "Il\\b.*\\bha scritto",
      ".*[@\\d].*\\bha scritto",
      "Em\\b.*\\bescreveu",
      ".*[@\\d].*\\bescreveu(?: \\(.*\\))?",
      "A\\b.*\\bescreveu",
    ],
    ...[
      "Op\\b.*\\b(?:schreef|geschreven)\\b.*",
      ".*[@\\d].*\\bschreef\\b.*",
      "Den\\b.*\\bskrev\\b.*",
      ".*[@\\d].*\\bskrev\\b.*",
    ],
    ...[
      "P[åa]\\b.*\\bskrev\\b.*",
      ".*[@\\d].*\\bkirjoitti\\b.*",
      ".*[@\\d].*\\bnapisał(?:a|\\(a\\)|\\/a)?",
      "W dniu\\b.*",
    ],
    ...["Wiadomość napisana\\b.*", ".*[@\\d].*\\bpisze"],
  ].join("|")})\\s*:?$`,
  "i",
);

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
  ...["forwarded message", "forwarded by .*", "weitergeleitete nachricht", "message transf[ée]r[ée]"],
  ...["mensaje reenviado", "messaggio inoltrato", "mensagem encaminhada", "doorgestuurd bericht"],
  ...["vidarebefordrat meddelande", "videresendt melding", "videresendt meddelelse"],
  ...["edelleenlähetetty viesti", "v[äa]litetty viesti", "przekazana wiadomość", "wiadomość przekazana"],
].join("|");

export const SEPARATOR = new RegExp(`^[\\s>]*-{2,}\\s*(?:${ORIGINAL})\\s*:?\\s*-{2,}\\s*$`, "i");
export const FORWARD = new RegExp(
  `^[\\s>]*(?:-{2,}\\s*(?:${FORWARDED})\\s*:?\\s*-{2,}|begin forwarded message:|anfang der weitergeleiteten (?:nachricht|e-mail):|début du message (?:réexpédié|transféré)\\s*:|inizio messaggio inoltrato:|inicio del mensaje reenviado:)\\s*$`,
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
      "(?:ystävällisin )?terveisin",
      "ystävällisesti",
      "(?:z )?(?:poważaniem|pozdrowieniami)",
      "pozdrawiam(?: serdecznie)?",
    ],
  ].join("|")})\\s*[,.!]*$`,
  "i",
);
