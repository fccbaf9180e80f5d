// What starts a workflow, as a sentence may say it. The first rule that fits is meant: those that say more stand before others.

import type { NewWorkflow } from "../queries.ts";
import { on } from "../templates/template.ts";
import { always, type Rule, together } from "./rule.ts";

type Meant = NewWorkflow["trigger"];

const REPLY = /repl(?:y|ies|ied)|answers?|antwort\w*|répon\w*|respon(?:de|dió|dan|den)|contesta\w*/u;
const LIST = /lists?|liste[n]?|listas?/u;
const WHO = /(?:contacts?|leads?|people|person|someone|kontakte?|kontakts?|contactos?|personnes?|personas?)/u;

const WEEKDAYS: readonly RegExp[] = [
  /\b(?:mondays?|montags?|lundis?|lunes)\b/iu,
  /\b(?:tuesdays?|dienstags?|mardis?|martes)\b/iu,
  /\b(?:wednesdays?|mittwochs?|mercredis?|miércoles)\b/iu,
  /\b(?:thursdays?|donnerstags?|jeudis?|jueves)\b/iu,
  /\b(?:fridays?|freitags?|vendredis?|viernes)\b/iu,
  /\b(?:saturdays?|samstags?|samedis?|sábados?)\b/iu,
  /\b(?:sundays?|sonntags?|dimanches?|domingos?)\b/iu,
];

const EVERY = /every|each|jede[nrs]?|chaque|tous les|toutes les|cada|todos los|todas las/u;
const AT = /(?:\s*(?:at|um|à|a las)\s*(\d{1,2})(?:[:h.](\d{2}))?\s*(am|pm|uhr|h)?)?/u;

function timeOf([, hours, minutes = "00", half]: readonly (string | undefined)[]) {
  if (hours === undefined) return "09:00";
  const hour = (Number(hours) % 12) + (half === "pm" ? 12 : 0);
  const exact = half === "am" || half === "pm" ? hour : Number(hours) % 24;
  return `${String(exact).padStart(2, "0")}:${minutes}`;
}

const replied = (reply_class: string) => on("message.replied", { reply_class });

export const TRIGGERS: readonly Rule<Meant>[] = [
  ...WEEKDAYS.map((day, n) => ({
    words: new RegExp(`(?:(?:${EVERY.source}|on|am|le|el|los)\\s+)?${day.source}${AT.source}`, "iu"),
    means: (found: RegExpMatchArray): Meant => ({
      type: "schedule",
      every: "week",
      weekday: n + 1,
      at: timeOf(found),
      time_zone: "UTC",
    }),
  })),
  {
    words: new RegExp(
      `(?:(?:${EVERY.source})\\s+(?:day|morning|tag|morgen|jour|jours|matin|día|días|mañana)|daily|täglich)${AT.source}`,
      "iu",
    ),
    means: (found) => ({ type: "schedule", every: "day", at: timeOf(found), time_zone: "UTC" }),
  },
  always(new RegExp(`(?:${EVERY.source})\\s+(?:hour|stunde|heures?|hora)|hourly|stündlich`, "iu"), {
    type: "schedule",
    every: "hour",
    time_zone: "UTC",
  }),
  {
    words:
      /(\d{1,3})\s*(?:days?|tage?|jours?|días?)\s*(before|vor|avant|antes)[^.;,]{0,20}?(?:date|renewal|contract|datum|verlängerung|vertrag\w*|renouvellement|fecha|renovación|clos\w*|abschluss)/iu,
    means: ([whole, days]) => ({
      type: "date_field",
      days: -Number(days),
      at: "09:00",
      field: /clos|abschluss/iu.test(whole ?? "") ? "closed_date" : "",
    }),
  },
  {
    words:
      /(\d{1,3})\s*(?:days?|tage?|jours?|días?)\s*(?:after|nach|après|después)[^.;,]{0,20}?(?:deal|closed|geschäft|abschluss|affaire|negocio)/iu,
    means: ([, days]) => ({
      type: "date_field",
      field: "actual_close_date",
      days: Number(days),
      at: "09:00",
    }),
  },
  always(
    /\b(?:out of office|vacation|abwesen\w*|absence|fuera de la oficina|ausencia)\b/iu,
    replied("out_of_office"),
  ),
  always(
    together(/not interested|kein interesse|nicht interessiert|pas intéress\w*|no (?:está )?interesad\w*/u),
    replied("not_interested"),
  ),
  always(
    together(REPLY, /meet\w*|treffen|termin|rendez-vous|reunión|interested|interess\w*|intéress\w*/u),
    replied("willing_to_meet"),
  ),
  always(together(REPLY, /questions?|fragen?|pregunt\w*/u), replied("follow_up_question")),
  always(
    together(
      new RegExp(`${REPLY.source}|names?|nennt`, "u"),
      /another person|referral|refers?|colleague|andere person|collègue|colega|otra persona/u,
    ),
    replied("person_referral"),
  ),
  always(
    /\bunsubscribe[sd]?|abmelde\w*|meldet sich ab|désabonn\w*|désinscri\w*|da de baja|baja\b/iu,
    on("contact.unsubscribed"),
  ),
  always(
    together(/cancel\w*|absag\w*|sagt|annul\w*/u, /meeting|termin|rendez-vous|reunión/u),
    on("contact.meeting_cancelled"),
  ),
  always(
    together(
      /books?|booked|schedules?|bucht|vereinbart|réserve|reserva/u,
      /meetings?|call|termin|rendez-vous|reunión/u,
    ),
    on("contact.meeting_booked"),
  ),
  always(
    together(/email|mail|correo|e-mail/u, /bounce[sd]?|unzustellbar|rebot\w*|rebondi\w*/u),
    on("message.bounced"),
  ),
  always(/\bbounce[sd]?\b|unzustellbar/iu, on("message.bounced")),
  always(together(/click\w*|klick\w*|clique\w*|clic|hace clic/u), on("message.clicked")),
  always(
    together(/open(?:s|ed)|öffnet|ouvre|abre/u, /emails?|mails?|e-mails?|correos?/u),
    on("message.opened"),
  ),
  always(together(REPLY), on("message.replied")),
  always(
    together(
      /(?:is|are|gets?|was|been) added|joins?|wird|werden|kommt|est ajouté\w*|se (?:añade|agrega)/u,
      LIST,
    ),
    on("label.records_added", { label_id: "" }),
  ),
  always(
    together(
      /(?:is|are|gets?|was|been) removed|leaves|verlässt|est retiré\w*|quitte|se (?:quita|elimina)|sale/u,
      LIST,
    ),
    on("label.records_removed", { label_id: "" }),
  ),
  always(
    together(/stages?|phase|étape|etapa/u, /changes?|becomes|reache[sd]|wechselt|change|cambia/u),
    on("contact.stage_changed", { to: "" }),
  ),
  always(
    together(/moves? to|reaches|changes?|wechselt|erreicht|passe|pasa|cambia/u, /stages?|phase|étape|etapa/u),
    on("contact.stage_changed", { to: "" }),
  ),
  always(
    together(
      /(?:changes?|changed|new|wechselt|neue[nr]?|change de|nouveau|nuevo|cambia de)/u,
      /jobs?|compan(?:y|ies)|stelle|firma|poste|emploi|trabajo|puesto/u,
    ),
    on("person.job_changed"),
  ),
  always(
    together(/score|punkt\w*|puntuación/u, /ris\w*|above|over|steig\w*|über|monte|dépasse|sube|supera/u),
    on("contact.score_crossed", { direction: "up" }),
  ),
  always(
    together(/score|punkt\w*|puntuación/u, /fall\w*|drops?|below|under|sink\w*|unter|baisse|baja/u),
    on("contact.score_crossed", { direction: "down" }),
  ),
  always(
    together(
      /finish(?:es|ed)|completes?|ends?|beendet|termine|finaliza|termina/u,
      /sequences?|sequenz|séquence|secuencia/u,
    ),
    on("enrollment.finished"),
  ),
  always(/\bwebhook|url (?:is called|wird aufgerufen|est appelée|es llamada)/iu, {
    type: "webhook",
    creates_contacts: false,
  }),
  always(
    new RegExp(`\\b(?:new|neue[rn]?|nouveau[x]?|nouvelle|nuev[oa]s?)\\s+${WHO.source}`, "iu"),
    on("contact.created"),
  ),
  always(
    together(
      WHO,
      /is (?:created|added)|are (?:created|added)|arrives?|wird angelegt|wird erstellt|est créé\w*|se crea/u,
    ),
    on("contact.created"),
  ),
];
