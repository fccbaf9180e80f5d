// What starts a workflow, as a sentence may say it. The first rule that fits is meant: those that say more stand before others.

import type { NewWorkflow } from "../queries.ts";
import { on } from "../templates/template.ts";
import { always, type Rule } from "./rule.ts";

type Meant = NewWorkflow["trigger"];

const REPLY =
  /repl(?:y|ies|ied)|answers?|antwort[a-z]*|répon[a-z]*|respon(?:de|dió|dan|den)|contesta[a-z]*/iu;
const REFERS = /repl(?:y|ies|ied)|answers?|antwort[a-z]*|names?|nennt|répon[a-z]*|responde|nombra/iu;
const LIST = /\b(?:lists?|listen?|listes?|listas?)\b/iu;
const MEETING = /meetings?|termin|rendez-vous|reunión/iu;
const STAGE = /\b(?:stages?|phase|étape|etapa)\b/iu;
const SCORE = /\bscore|punktzahl|puntuación/iu;
const WHO =
  /\b(?:contacts?|leads?|people|person|someone|kontakte?|kontakts?|contactos?|personnes?|personas?)\b/iu;
const EVERY = /\b(?:every|each|jeden?|jede[rs]|chaque|tous les|toutes les|cada|todos los|todas las)\b/iu;
const MAIL = /\b(?:e-?mails?|mails?|correos?)\b/iu;

const WEEKDAYS: readonly RegExp[] = [
  /\b(?:mondays?|montags?|lundis?|lunes)\b/iu,
  /\b(?:tuesdays?|dienstags?|mardis?|martes)\b/iu,
  /\b(?:wednesdays?|mittwochs?|mercredis?|miércoles)\b/iu,
  /\b(?:thursdays?|donnerstags?|jeudis?|jueves)\b/iu,
  /\b(?:fridays?|freitags?|vendredis?|viernes)\b/iu,
  /\b(?:saturdays?|samstags?|samedis?|sábados?)\b/iu,
  /\b(?:sundays?|sonntags?|dimanches?|domingos?)\b/iu,
];

const TIME = /^ ?(?:at|um|à|a las) ?(\d{1,2})(?:[:h.](\d{2}))? ?(am|pm|uhr|h)?/iu;

function timeOf(found: RegExpExecArray | null | undefined) {
  if (!found) return "09:00";
  const [, hours, minutes = "00", half = ""] = found;
  const hour = Number(hours) % 24;
  const exact = /^[ap]m$/iu.test(half) ? (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0) : hour;
  return `${String(exact).padStart(2, "0")}:${minutes}`;
}

const replied = (reply_class: string) => on("message.replied", { reply_class });
const daily = (words: readonly RegExp[]): Rule<Meant> => ({
  words,
  ending: TIME,
  means: (...found) => ({ type: "schedule", every: "day", at: timeOf(found.at(-1)), time_zone: "UTC" }),
});
const hourly: Meant = { type: "schedule", every: "hour", time_zone: "UTC" };

export const TRIGGERS: readonly Rule<Meant>[] = [
  ...WEEKDAYS.map(
    (day, n): Rule<Meant> => ({
      words: [day],
      ending: TIME,
      means: (_, time) => ({
        type: "schedule",
        every: "week",
        weekday: n + 1,
        at: timeOf(time),
        time_zone: "UTC",
      }),
    }),
  ),
  daily([EVERY, /^ (?:day|morning|tag|morgen|jours?|matin|días?|mañana)\b/iu]),
  daily([/\bdaily\b|\btäglich\b/iu]),
  always([EVERY, /^ (?:hour|stunde|heures?|hora)\b/iu], hourly),
  always([/\bhourly\b|\bstündlich\b/iu], hourly),
  {
    words: [
      /\b(\d{1,3}) ?(?:days?|tage?|jours?|días?)\b/iu,
      /^ (?:before|vor|avant|antes)\b/iu,
      /\b(?:date|renewal|contract|datum|verlängerung|vertrag[a-z]*|renouvellement|contrat|fecha|renovación|clos[a-z]*|abschluss[a-z]*)\b/iu,
    ],
    means: (days, _, what) => ({
      type: "date_field",
      days: -Number(days?.[1]),
      at: "09:00",
      field: /clos|abschluss/iu.test(what?.[0] ?? "") ? "closed_date" : "",
    }),
  },
  {
    words: [
      /\b(\d{1,3}) ?(?:days?|tage?|jours?|días?)\b/iu,
      /^ (?:after|nach|après|después)\b/iu,
      /\b(?:deal|closed|geschäft|abschluss|affaire|negocio)\b/iu,
    ],
    means: (days) => ({
      type: "date_field",
      field: "actual_close_date",
      days: Number(days?.[1]),
      at: "09:00",
    }),
  },
  always(
    [/out of office|\bvacation|abwesen[a-z]*|\babsence|fuera de la oficina|ausencia/iu],
    replied("out_of_office"),
  ),
  always(
    [/not interested|kein interesse|nicht interessiert|pas intéress[a-zé]*|no (?:está )?interesad[oa]/iu],
    replied("not_interested"),
  ),
  always(
    [
      REPLY,
      /\bmeet[a-z]*|treffen|termin|rendez-vous|reunión|interest[a-z]*|interess[a-z]*|intéress[a-zé]*/iu,
    ],
    replied("willing_to_meet"),
  ),
  always([REPLY, /questions?|fragen?|pregunt[a-z]*/iu], replied("follow_up_question")),
  always(
    [REFERS, /another person|referral|refers?|colleague|andere person|collègue|colega|otra persona/iu],
    replied("person_referral"),
  ),
  always(
    [/\bunsubscribe[sd]?\b|abmelde[a-z]*|meldet sich ab|désabonn[a-z]*|désinscri[a-z]*|da de baja/iu],
    on("contact.unsubscribed"),
  ),
  always([/cancel[a-z]*|absag[a-z]*|annul[a-z]*/iu, MEETING], on("contact.meeting_cancelled")),
  always([MEETING, /is cancel[a-z]*|abgesagt|annul[a-zé]*/iu], on("contact.meeting_cancelled")),
  always([/\b(?:books?|booked|bucht|vereinbart|réserve|reserva)\b/iu, MEETING], on("contact.meeting_booked")),
  always([MEETING, /\bbooked|gebucht|réservé|reservada/iu], on("contact.meeting_booked")),
  always([/\bbounce[sd]?\b|unzustellbar|rebot[a-z]*|rebondi[a-z]*/iu], on("message.bounced")),
  always([/\bclick[a-z]*|klick[a-z]*|\bclique[a-z]*|hace clic/iu], on("message.clicked")),
  always([/\b(?:opens|opened|öffnet|ouvre|abre)\b|öffnet/iu, MAIL], on("message.opened")),
  always([REPLY], on("message.replied")),
  always(
    [
      /\b(?:is|are|gets?|was|been) added|\bjoins?\b|\bwird\b|\bkommt\b|est ajouté[a-z]*|se (?:añade|agrega)/iu,
      LIST,
    ],
    on("label.records_added", { label_id: "" }),
  ),
  always(
    [LIST, /^ (?:\S+ )?(?:kommt|hinzugefügt|aufgenommen)\b/iu],
    on("label.records_added", { label_id: "" }),
  ),
  always([LIST, /^ (?:\S+ )?(?:entfernt|genommen)\b/iu], on("label.records_removed", { label_id: "" })),
  always(
    [
      /\b(?:is|are|gets?|was|been) removed|\bleaves\b|verlässt|est retiré[a-z]*|\bquitte\b|se (?:quita|elimina)/iu,
      LIST,
    ],
    on("label.records_removed", { label_id: "" }),
  ),
  always(
    [/\b(?:moves? to|reaches|changes?|wechselt|erreicht|change|passe à|pasa a|cambia)\b/iu, STAGE],
    on("contact.stage_changed", { to: "" }),
  ),
  always(
    [STAGE, /\b(?:changes?|changed|wechselt|change|cambia)\b/iu],
    on("contact.stage_changed", { to: "" }),
  ),
  always(
    [
      /\b(?:changes?|changed|new|wechselt|neuen?|neuer|neue|change de|nouveau|nouvel|nuevo|cambia de)\b/iu,
      /^ (?:their |the |die |den |seine |ihre )?(?:jobs?|compan(?:y|ies)|stelle|firma|poste|emploi|trabajo|puesto)\b/iu,
    ],
    on("person.job_changed"),
  ),
  always(
    [SCORE, /\bris[a-z]*|above|\bover\b|steig[a-z]*|über|monte|dépasse|sube|supera/iu],
    on("contact.score_crossed", { direction: "up" }),
  ),
  always(
    [SCORE, /\bfalls?\b|\bdrops?|below|under|sinkt|unter|baisse|baja/iu],
    on("contact.score_crossed", { direction: "down" }),
  ),
  always(
    [
      /\b(?:finish(?:es|ed)|completes?|beendet|termine|finaliza|termina)\b/iu,
      /\bsequences?\b|sequenz|séquence|secuencia/iu,
    ],
    on("enrollment.finished"),
  ),
  always([/\bwebhook\b|url (?:is called|wird aufgerufen|est appelée|es llamada)/iu], {
    type: "webhook",
    creates_contacts: false,
  }),
  always([/\b(?:new|neuer?|neuen|nouveaux?|nouvelle|nuev[oa]s?)\b/iu, WHO], on("contact.created")),
  always(
    [WHO, /\b(?:is|are) (?:created|added)|\barrives?\b|wird angelegt|wird erstellt|est créée?|se crea/iu],
    on("contact.created"),
  ),
];
