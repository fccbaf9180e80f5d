// What a workflow does, as a sentence may say it. Each rule may be meant several times, in the order of the sentence. What the
// sentence does not say, such as which sequence, is left empty: the editor asks for it.

import { t } from "../../../../language/t.ts";
import type { NewWorkflow } from "../queries.ts";
import { FIRST_NAME, toSequence } from "../templates/template.ts";
import { always, NAME, type Rule } from "./rule.ts";

type Meant = NewWorkflow["actions"][number];

const SEQUENCE = /sequences?|campaigns?|cadences?|sequenz(?:en)?|séquences?|secuencias?/u;
const LIST = /lists?|listen?|listes?|listas?/u;
const ADD =
  /adds?|put|puts|start|starts|enrol\w*|füge|fügt|setze|starte|startet|ajoute\w*|mets|démarre\w*|añad\w*|agreg\w*|pon|inici\w*/u;
const REMOVE =
  /removes?|takes?|stop|stops|finish(?:es)?|end|ends|entfern\w*|nimm|beende\w*|retire\w*|enlève\w*|arrête\w*|quita\w*|elimina\w*|deten\w*|termina\w*/u;
const NEAR = /[^.;,]{0,50}?/u;

const listOf = (named: string | undefined) => (named ? [named] : []);
const within = (verb: RegExp, noun: RegExp) =>
  new RegExp(`\\b(?:${verb.source})\\b${NEAR.source}\\b(?:${noun.source})\\b`, "iu");
/** "the list “Buyers”", "the “Buyers” list". */
const named = (verb: RegExp) =>
  new RegExp(
    `\\b(?:${verb.source})\\b(?:${NEAR.source}${NAME}\\s*-?(?:${LIST.source})\\b|${NEAR.source}\\b(?:${LIST.source})\\b(?:\\s*${NAME})?)`,
    "iu",
  );

const task = (task_type: "call" | "action_item", title: string): Meant => ({
  type: "create_task",
  task_type,
  title,
  priority: "medium",
  due_in_hours: 24,
});

export const ACTIONS: readonly Rule<Meant>[] = [
  {
    words: /\b(?:waits?|warte\w*|attend\w*|esper\w*)\s*(?:for\s*)?(\d{1,3})\s*(?:days?|tage?|jours?|días?)/iu,
    means: ([, days]) => ({ type: "wait", days: Number(days) }),
  },
  { words: within(ADD, SEQUENCE), means: toSequence },
  always(within(REMOVE, SEQUENCE), {
    type: "remove_from_sequence",
    emailer_campaign_ids: [],
    mode: "mark_as_finished",
  }),
  {
    words: named(ADD),
    means: ([, before, after]) => ({ type: "add_to_list", label_names: listOf(before ?? after) }),
  },
  {
    words: named(REMOVE),
    means: ([, before, after]) => ({ type: "remove_from_list", label_names: listOf(before ?? after) }),
  },
  {
    words:
      /\b(?:(?:creat\w*|makes?|adds?)\s+(?:a\s+)?)?(?:call task|anrufaufgabe|tâche d.appel|tarea de llamada|(?:call|phone|ring|rufe|appelle\w*|llama\w*)\s+(?:them|him|her|the contact|it|sie|ihn|an|le|la|lui|al contacto|los))\b/iu,
    means: () => task("call", t("Call {name}", { name: FIRST_NAME })),
  },
  {
    words:
      /\b(?:(?:creat\w*|makes?|adds?|erstell\w*|lege|cr[ée]\w*|ajoute\w*)\s+(?:\w+\s+)?)?(?:tasks?|remind(?:s|er)?|to-?do|aufgaben?|erinner\w*|tâches?|rappel\w*|tareas?|recuérda\w*|recordatorio)\b/iu,
    means: () => task("action_item", t("Next step with {name}", { name: FIRST_NAME })),
  },
  {
    words:
      /\b(?:creates?|opens?|adds?|lege|erstell\w*|crée\w*|crea\w*)\b[^.;,]{0,20}?\b(?:deals?|opportunit(?:y|ies)|geschäft\w*|affaires?|négociation|negocios?|oportunidad)\b/iu,
    means: () => ({
      type: "create_deal",
      name: t("Meeting with {name}", { name: FIRST_NAME }),
      closes_in_days: 60,
    }),
  },
  {
    words:
      /\b(?:notif\w*|tells?|alert\w*|let me know|inform\w*|benachrichtig\w*|sag mir|préviens|avise\w*|avertis|avís\w*)\b(?:\s+(?:me|mich|moi|us|uns|the owner|nous|-?me))?/iu,
    means: () => ({ type: "notify", text: t("{name}: new match", { name: FIRST_NAME }) }),
  },
  always(
    within(
      /sets?|change|changes|move|moves|setze|ändere|change\w*|passe|cambia\w*|pon/u,
      /stage|phase|étape|etapa/u,
    ),
    { type: "set_stage", stage_id: "" },
  ),
  always(
    within(
      /assigns?|gives?|share|set|setze|gib|weise|verteile|attribue\w*|donne\w*|asigna\w*|reparte/u,
      /owners?|sellers?|reps?|besitzer|verkäufer\w*|propriétaires?|vendeurs?|propietarios?|vendedores/u,
    ),
    { type: "set_owner", owner_ids: [] },
  ),
  always(/\b(?:enrich\w*|anreicher\w*|reichere|enrichi\w*|enriquec\w*)\b/iu, { type: "enrich" }),
];
