// What a workflow does, as a sentence may say it. Each rule may be meant several times, in the order of the sentence. What the
// sentence does not say, such as which sequence, is left empty: the editor asks for it.

import { t } from "../../../../language/t.ts";
import type { NewWorkflow } from "../queries.ts";
import { FIRST_NAME, toSequence } from "../templates/template.ts";
import { always, type Rule } from "./rule.ts";

type Meant = NewWorkflow["actions"][number];

const SEQUENCE = /\b(?:sequences?|campaigns?|cadences?|sequenz(?:en)?|secuencias?)\b|séquences?/iu;
const ADD =
  /\b(?:adds?|put|puts|start|starts|enrol[a-z]*|fügt?|füge|setze|startet?|ajoute[a-z]*|mets|démarre[a-z]*|añad[a-z]*|agrég[a-z]*|agreg[a-z]*|pon|inici[a-z]*)\b/iu;
const REMOVE =
  /\b(?:removes?|takes?|stops?|finish(?:es)?|ends?|entfern[a-z]*|nimm|beende[a-z]*|retire[a-z]*|enlève[a-z]*|arrête[a-z]*|quita[a-z]*|elimina[a-z]*|detén|termina[a-z]*)\b/iu;
/** "the list “Buyers”", "the “Buyers” list". */
const NAMED_LIST =
  /["'“”„«»‘’]([^"'“”„«»‘’]{1,100})["'“”«»‘’][ -]?(?:lists?|listen?|listes?|listas?)\b|\b(?:lists?|listen?|listes?|listas?)\b(?: ?["'“”„«»‘’]([^"'“”„«»‘’]{1,100})["'“”«»‘’])?/iu;

function namesIn(list: RegExpExecArray | null | undefined) {
  const name = (list?.[1] ?? list?.[2])?.trim();
  return name ? [name] : [];
}

const task = (task_type: "call" | "action_item", title: string): Meant => ({
  type: "create_task",
  task_type,
  title,
  priority: "medium",
  due_in_hours: 24,
});

export const ACTIONS: readonly Rule<Meant>[] = [
  {
    words: [
      /\b(?:waits?|warte[a-z]*|attend[a-z]*|esper[a-z]*)\b/iu,
      /^(?: for)? (\d{1,3}) ?(?:days?|tage?|jours?|días?)\b/iu,
    ],
    means: (_, days) => ({ type: "wait", days: Number(days?.[1]) }),
  },
  { words: [ADD, SEQUENCE], means: toSequence },
  always([REMOVE, SEQUENCE], {
    type: "remove_from_sequence",
    emailer_campaign_ids: [],
    mode: "mark_as_finished",
  }),
  { words: [ADD, NAMED_LIST], means: (_, list) => ({ type: "add_to_list", label_names: namesIn(list) }) },
  {
    words: [REMOVE, NAMED_LIST],
    means: (_, list) => ({ type: "remove_from_list", label_names: namesIn(list) }),
  },
  {
    words: [
      /\b(?:(?:create|make|add) (?:a )?call task|anrufaufgabe|tâche d.appel|tarea de llamada|(?:call|phone|ring|rufe|appelle|appelez|llama|llame) (?:them|him|her|the contact|sie|ihn|an|le|la|lui|al contacto))\b/iu,
    ],
    means: () => task("call", t("Call {name}", { name: FIRST_NAME })),
  },
  {
    words: [
      /\b(?:(?:creates?|makes?|adds?|erstellt?|erstelle|lege|crée|créez|crea|cree|ajoute) (?:a |an |eine |une |una )?)?(?:tasks?|remind(?:s|er)?|to-?do|aufgaben?|erinner[a-z]*|tâches?|rappel[a-z]*|tareas?|recuérda[a-z]*|recordatorio)\b/iu,
    ],
    means: () => task("action_item", t("Next step with {name}", { name: FIRST_NAME })),
  },
  {
    words: [
      /\b(?:creates?|opens?|adds?|lege|erstellt?|erstelle|crée|créez|crea|cree)\b/iu,
      /\b(?:deals?|opportunit(?:y|ies)|geschäft[a-z]*|affaires?|négociation|negocios?|oportunidad)\b/iu,
    ],
    means: () => ({
      type: "create_deal",
      name: t("Meeting with {name}", { name: FIRST_NAME }),
      closes_in_days: 60,
    }),
  },
  {
    words: [
      /\b(?:notif[a-z]*|tells?|alerts?|let me know|inform[a-z]*|benachrichtig[a-z]*|sag|préviens|avise[a-z]*|avertis|avísame|avisa[a-z]*)\b(?:[ -](?:me|mich|mir|moi|us|uns|the owner|nous))?/iu,
    ],
    means: () => ({ type: "notify", text: t("{name}: new match", { name: FIRST_NAME }) }),
  },
  always(
    [
      /\b(?:sets?|changes?|moves?|setze|ändere|change[a-z]*|passe|cambia[a-z]*|pon)\b/iu,
      /\b(?:stage|phase|étape|etapa)\b|étape/iu,
    ],
    { type: "set_stage", stage_id: "" },
  ),
  always(
    [
      /\b(?:assigns?|gives?|share|sets?|setze|gib|weise|verteile|attribue[a-z]*|donne[a-z]*|asigna[a-z]*|reparte)\b/iu,
      /\b(?:owners?|sellers?|reps?|besitzer|verkäufer[a-z]*|propriétaires?|vendeurs?|propietarios?|vendedores)\b/iu,
    ],
    { type: "set_owner", owner_ids: [] },
  ),
  always([/\b(?:enrich[a-z]*|anreicher[a-z]*|reichere|enriquec[a-z]*|enriqueze?a)\b/iu], { type: "enrich" }),
];
