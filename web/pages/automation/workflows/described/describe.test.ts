import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewWorkflow } from "../queries.ts";
import { describe, templateOf } from "./describe.ts";

type Trigger = NewWorkflow["trigger"];

const kindOf = (trigger: Trigger | null) => {
  if (trigger?.type !== "event") return trigger?.type;
  const [value] = Object.values(trigger.data ?? {}).filter(Boolean);
  return value === undefined ? trigger.event : `${trigger.event} ${value}`;
};

const SAID: [sentence: string, trigger: string, ...actions: string[]][] = [
  [
    "When a contact replies that they are interested, create a task and notify me",
    "message.replied willing_to_meet",
    "create_task",
    "notify",
  ],
  ["When someone is added to a list, add them to a sequence", "label.records_added", "add_to_sequence"],
  [
    "If a contact is removed from the list, remove them from the sequence",
    "label.records_removed",
    "remove_from_sequence",
  ],
  ["When a person clicks a link, call them", "message.clicked", "create_task"],
  ["Every Monday at 7:30 enrich the contacts", "schedule", "enrich"],
  ["30 days before the renewal date remind me", "date_field", "create_task"],
  ["When an email bounces, add the contact to the list “Bounced”", "message.bounced", "add_to_list"],
  [
    "New contacts: assign them to an owner, wait 3 days, then add them to a sequence",
    "contact.created",
    "set_owner",
    "wait",
    "add_to_sequence",
  ],
  ["Out of office replies: wait 14 days and notify me", "message.replied out_of_office", "wait", "notify"],
  ["Wenn ein Kontakt auf eine E-Mail antwortet, erstelle eine Aufgabe", "message.replied", "create_task"],
  ["Quand un contact ouvre un e-mail, ajoute-le à une séquence", "message.opened", "add_to_sequence"],
  ["Cuando un contacto responde, crea una tarea", "message.replied", "create_task"],
  ["When a meeting is booked by a contact, create a deal", "contact.meeting_booked", "create_deal"],
];

for (const [sentence, trigger, ...actions] of SAID)
  test(`understood: ${sentence}`, () => {
    const described = describe(sentence);
    assert.deepEqual(
      [kindOf(described.trigger) ?? "", ...described.actions.map(({ type }) => type)],
      [trigger, ...actions],
    );
  });

test("times, days and names in quotation marks are taken over", () => {
  const { trigger } = describe("Every Friday at 4 pm notify me");
  assert.deepEqual(trigger, { type: "schedule", every: "week", weekday: 5, at: "16:00", time_zone: "UTC" });
  assert.deepEqual(describe("14 days before the renewal date notify me").trigger, {
    type: "date_field",
    field: "",
    days: -14,
    at: "09:00",
  });
  for (const sentence of ["put them on the “Key buyers” list", "add them to the list 'Key buyers'"])
    assert.deepEqual(describe(sentence).actions, [{ type: "add_to_list", label_names: ["Key buyers"] }]);
});

const ONLY: [sentence: string, filters: Record<string, unknown>][] = [
  [
    "When a contact replies, only if the title contains “Plant Manager”, create a task",
    { q_title: "Plant Manager" },
  ],
  ["When a contact clicks a link, if their title contains director notify me", { q_title: "director" }],
  ["Wenn ein Kontakt antwortet und der Titel „Leiter“ enthält, erstelle eine Aufgabe", { q_title: "Leiter" }],
  [
    "Wenn ein Kontakt antwortet, nur wenn der Titel enthält „Leiter“, erstelle eine Aufgabe",
    { q_title: "Leiter" },
  ],
  ["Quand un contact répond, si son titre contient « directeur », crée une tâche", { q_title: "directeur" }],
  [
    "Cuando un contacto responde, solo si el cargo contiene “director”, crea una tarea",
    { q_title: "director" },
  ],
  ["When a contact with a phone number replies, call them", { has_phone_number: true }],
  ["Nouveaux contacts sans numéro de téléphone : crée une tâche", { has_phone_number: false }],
  ["New contacts with a verified email: add them to a sequence", { email_statuses: ["verified"] }],
  ["When a contact replies, unless the title contains “intern”, create a task", {}],
  [
    "When a contact of a company with more than 50 employees replies, notify me",
    { organization_num_employees_ranges: ["51,"] },
  ],
  [
    "When a contact is created at companies with 50 to 200 employees, create a task",
    { organization_num_employees_ranges: ["50,200"] },
  ],
  [
    "When a contact replies, only between 1,000 and 5,000 employees, notify me",
    { organization_num_employees_ranges: ["1000,5000"] },
  ],
  [
    "Wenn ein Kontakt einer Firma mit weniger als 10 Mitarbeitern antwortet, erstelle eine Aufgabe",
    { organization_num_employees_ranges: [",9"] },
  ],
  [
    "Wenn ein Kontakt antwortet, nur ab 100 Mitarbeitenden, benachrichtige mich",
    { organization_num_employees_ranges: ["100,"] },
  ],
  [
    "Quand un contact d'une entreprise de plus de 250 salariés répond, crée une tâche",
    { organization_num_employees_ranges: ["251,"] },
  ],
  [
    "Cuando responde un contacto de una empresa con al menos 20 empleados, crea una tarea",
    { organization_num_employees_ranges: ["20,"] },
  ],
  ["When a contact replies, only if the industry contains steel, create a task", { q_industry: "steel" }],
  ["When a contact replies, unless the company has more than 50 employees, create a task", {}],
];

for (const [sentence, filters] of ONLY)
  test(`conditions: ${sentence}`, () => {
    const described = describe(sentence);
    assert.deepEqual(templateOf(sentence, described)?.filters ?? {}, filters);
    assert.ok(described.actions.length > 0);
    const isMissed = described.missed.some((part) => /title|Titel|employees/.test(part));
    assert.equal(isMissed, Object.keys(filters).length === 0, described.missed.join(" / "));
  });

test("the company that a size is said of counts as understood", () => {
  for (const sentence of [
    "When a contact of a company with more than 50 employees replies, notify me",
    "When a contact at companies with 50 to 200 employees replies, notify me",
    "Wenn ein Kontakt einer Firma mit weniger als 10 Mitarbeitern antwortet, benachrichtige mich",
  ])
    assert.deepEqual(describe(sentence).missed, [], sentence);
});

test("words of an exception start nothing, and the exception is told whole", () => {
  for (const sentence of [
    "When a contact is added to a list, add them to a sequence, unless they replied",
    "Wenn ein Kontakt zu einer Liste hinzugefügt wird, füge ihn einer Sequenz hinzu, außer er hat geantwortet",
  ]) {
    const { trigger, actions, missed } = describe(sentence);
    assert.deepEqual(trigger?.type === "event" && trigger.event, "label.records_added", sentence);
    assert.deepEqual(
      actions.map(({ type }) => type),
      ["add_to_sequence"],
    );
    assert.deepEqual(missed, [sentence.split(", ").at(-1)]);
  }
});

test("what no rule knows is told as it was typed, and filling words are not", () => {
  assert.deepEqual(describe("When a contact replies, create a task").missed, []);
  assert.deepEqual(describe("When a contact replies, send flowers and create a task").missed, [
    "send flowers",
  ]);
  const nothing = describe("Make it rain");
  assert.deepEqual([nothing.trigger, nothing.actions, nothing.missed], [null, [], ["Make it rain"]]);
  assert.equal(templateOf("Make it rain", nothing), null);
});

test("a sentence without an action becomes a workflow that still needs one", () => {
  const sentence = "When a contact unsubscribes";
  const template = templateOf(sentence, describe(sentence));
  assert.deepEqual(
    [template?.trigger, template?.actions],
    [{ type: "event", event: "contact.unsubscribed" }, []],
  );
});
