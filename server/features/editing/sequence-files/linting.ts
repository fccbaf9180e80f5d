// What is found in files beyond what refuses them, with the line of each.

import type { Act } from "../../../app.ts";
import type { SequenceModel, VariantModel } from "../../../domain/sequences/file-model.ts";
import {
  type MailFinding,
  mailFindings,
  namesWayOut,
  type TextOfMail,
} from "../../../domain/sequences/mail-findings.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import { gapsIn } from "../../../domain/templates/composing.ts";
import type { MailFacts } from "../../../domain/templates/mail-facts.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { listAllFields } from "../../contacts/custom-fields/store.ts";
import { findLabels } from "../../contacts/labels/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { composeAlone } from "../../sequences/composing/commands.ts";
import { gatherFacts } from "../../sequences/composing/store.ts";
import { findTemplates } from "../../sequences/templates/store.ts";
import type { FilesRead, SequenceFromFile } from "./files-input.ts";
import { lineAt } from "./lines-of-file.ts";
import { type Names, namesOf, recordOf } from "./names.ts";
import { contactsOnList } from "./store.ts";

type FileFinding = Pick<MailFinding, "severity" | "code" | "sentence"> & {
  file: string;
  line: number;
};

type Texts = (variant: VariantModel) => TextOfMail;

/** Asked after the files are applied, so that templates of the library are those of the files. */
export async function findingsOf(act: Act, files: FilesRead, listId: string | null): Promise<FileFinding[]> {
  const fields = (await listAllFields(act.db, act.caller.teamId)).filter(
    ({ modality }) => modality !== "opportunity",
  );
  const team = await findTeam(act.db, act.caller.teamId);
  const textOf = await libraryTexts(act, files);
  const people = listId === null ? [] : await peopleOn(act, listId);
  const names = fields.map(({ name }) => name);
  const found = files.sequences.flatMap((from) => [
    ...mailFindings(from.model, names, textOf).map((finding) => placed(from, finding)),
    ...(team?.includesOptOut ? [] : wayOutFinding(from, textOf)),
    ...missingFindings(from, textOf, people, act.now),
  ]);
  const unused = files.unused.map(
    (file): FileFinding => ({
      file,
      line: 1,
      severity: "warning",
      code: "unused_file",
      sentence: say("No sequence names this email."),
    }),
  );
  return [...found, ...unused];
}

function placed({ path, texts, lines, model }: SequenceFromFile, finding: MailFinding): FileFinding {
  const { step, variant, severity, code, sentence, about } = finding;
  const place = texts.get(`${step} ${variant}`);
  const html = model.steps[step]?.variants[variant]?.html ?? "";
  const at = about === null ? -1 : html.indexOf(about);
  const below = at === -1 ? 0 : html.slice(0, at).split("\n").length - 1;
  const file = place?.path ?? path;
  const line = place ? place.line + (file.endsWith(".html") ? below : 0) : lineAt(lines, ["steps", step]);
  return { file, line, severity, code, sentence };
}

function wayOutFinding({ path, model, lines }: SequenceFromFile, textOf: Texts): FileFinding[] {
  const step = model.steps.findIndex(
    ({ type, variants }) =>
      isEmail(type) &&
      variants.some((variant) => variant.thread === "new_thread" && !namesWayOut(textOf(variant).html)),
  );
  if (step === -1) return [];
  const sentence = say(
    "No line of the email says how to unsubscribe, and the team adds none. The headers of every email do.",
  );
  return [
    {
      file: path,
      line: lineAt(lines, ["steps", step]),
      severity: "warning",
      code: "no_unsubscribe_line",
      sentence,
    },
  ];
}

type Person = Pick<MailFacts, "contact" | "account"> & { id: string };

// No sender is chosen yet, so no value of one counts as missing.
const UNKNOWN_SENDER = { firstName: "", lastName: "", name: "", title: "", email: "", meetingUrl: "" };

function missingFindings(
  from: SequenceFromFile,
  textOf: Texts,
  people: readonly Person[],
  now: Temporal.Instant,
) {
  const sequence = { name: from.model.name };
  return from.model.steps.flatMap(({ variants }, step) =>
    variants.flatMap((variant, n): FileFinding[] => {
      const { subject, html: bodyHtml } = textOf(variant);
      const counts = new Map<string, number>();
      for (const person of people) {
        const facts: MailFacts = { ...person, sender: UNKNOWN_SENDER, sequence, opener: "" };
        const drawnFor = { contactId: person.id, stepId: null };
        const { missing } = gapsIn({ subject, bodyHtml, facts, now, zone: "UTC", drawnFor });
        for (const name of missing ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return [...counts].map(([name, count]) =>
        placed(from, {
          step,
          variant: n,
          severity: "warning",
          code: "missing_value",
          sentence: say(
            "{count} of {length} contacts have no value for {variable}, so they would not get this email.",
            { count, length: people.length, variable: `{{${name}}}` },
          ),
          about: name,
        }),
      );
    }),
  );
}

async function peopleOn({ db, caller }: Act, listId: string): Promise<Person[]> {
  const [list] = await findLabels(db, caller.teamId, [listId]);
  if (list?.modality !== "contacts") throw new Refusal("record_not_found");
  const contactIds = await contactsOnList(db, caller.teamId, listId);
  const { people } = await gatherFacts(db, caller.teamId, { contactIds, mailboxIds: [], sequenceId: "" });
  return contactIds.flatMap((id) => {
    const person = people.get(id);
    return person ? [{ id, ...person }] : [];
  });
}

/** Variants whose text is in the library, with that text. */
async function libraryTexts(act: Act, files: FilesRead): Promise<Texts> {
  const names = await namesOf(act);
  const ids = [...keysIn(files)].flatMap((key) => recordOf(names, "template", key)?.id ?? []);
  const rows = new Map(
    (await findTemplates(act.db, act.caller.teamId, ids)).map((template) => [template.id, template]),
  );
  return (variant) => textIn(names, rows, variant);
}

type Rows = ReadonlyMap<string, { subject: string | null; bodyHtml: string | null }>;

function textIn(names: Names, rows: Rows, variant: VariantModel): TextOfMail {
  if (variant.template === null) return variant;
  const row = rows.get(recordOf(names, "template", variant.template)?.id ?? "");
  return { subject: row?.subject ?? "", html: row?.bodyHtml ?? "" };
}

function keysIn({ sequences }: FilesRead) {
  const steps = sequences.flatMap(({ model }: { model: SequenceModel }) => model.steps);
  return new Set(steps.flatMap(({ variants }) => variants.flatMap(({ template }) => template ?? [])));
}

/** Every email as the contact would get it. Null where the contact is not there. */
export async function previewsFor(act: Act, files: FilesRead, contactId: string) {
  const textOf = await libraryTexts(act, files);
  const previews = [];
  for (const { key, model } of files.sequences)
    for (const [step, { variants }] of model.steps.entries())
      for (const [n, variant] of variants.entries()) {
        const { subject, html: bodyHtml } = textOf(variant);
        const addressed = { contactId, mailboxId: null };
        const mail = await composeAlone(act, { subject, bodyHtml }, addressed);
        if (mail) previews.push({ key, step: step + 1, variant: n + 1, mail });
      }
  return previews;
}
