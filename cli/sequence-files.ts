// `cadenza export`, `plan`, `apply`, `lint` and `preview`: sequences as files in git.

import type { Client, Input } from "@cadenza/sdk";
import { newCommand } from "./building.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { findByEmail, findSequence, isId } from "./lookup.ts";
import { type Plan, planText } from "./plan-text.ts";
import { readFolder, type SequenceFile, writeFolder } from "./sequence-folder.ts";
import { clean, jsonOf } from "./table.ts";

type Applying = Common & { move?: boolean; overwrite?: boolean; dryRun?: boolean };
type Exporting = Common & { sequence?: string[]; prune?: boolean };
type Linting = Common & { list?: string; strict?: boolean };
type Previewing = Common & { contact: string };

const listed = (name: string, before: string[] = []) => [...before, name];

export const exportFiles: Flow = {
  name: "export",
  add(program, session, finish, common) {
    const command = common(
      newCommand("export")
        .argument("<dir>", "Folder for the files; created if it is missing")
        .description("Write sequences as files, with the schedules, rulesets, templates and fields they use.")
        .option("--sequence <id or name>", "Only this sequence; may be repeated", listed)
        .option("--prune", "Delete files in the folders of the sequences that the server does not have"),
    );
    command.action(async (dir: string, given: Exporting) => {
      session.choose(given);
      finish(await writeSequences(session, dir, given));
    });
    program.addCommand(command);
  },
};

export const planFiles = applying(
  "plan",
  "Show what the files in a folder would change. Exit code 8: there are changes.",
);
export const applyFiles = applying(
  "apply",
  "Apply the files in a folder. What was edited in the app is left alone.",
);

function applying(name: "plan" | "apply", says: string): Flow {
  return {
    name,
    add(program, session, finish, common) {
      const command = common(
        newCommand(name)
          .argument("<dir>", "Folder with the files")
          .description(says)
          .option(
            "--move",
            "Contacts in a sequence get the new steps; otherwise they keep the steps as they were",
          )
          .option("--overwrite", "Also write what was edited in the app, or never written by a file"),
      );
      if (name === "apply") command.option("--dry-run", "Show what would happen; change nothing");
      command.action(async (dir: string, given: Applying) => {
        session.choose(given);
        finish(await carryOut(session, dir, { ...given, dryRun: name === "plan" || given.dryRun === true }));
      });
      program.addCommand(command);
    },
  };
}

export const lintFiles: Flow = {
  name: "lint",
  add(program, session, finish, common) {
    const command = common(
      newCommand("lint")
        .argument("<dir>", "Folder with the files")
        .description("Check the emails in a folder: variables, threads, length, links, unsubscribing.")
        .option("--list <id or name>", "Also values that the contacts of this list lack")
        .option("--strict", "Warnings count as errors"),
    );
    command.action(async (dir: string, given: Linting) => {
      session.choose(given);
      finish(await lint(session, dir, given));
    });
    program.addCommand(command);
  },
};

export const previewFiles: Flow = {
  name: "preview",
  add(program, session, finish, common) {
    const command = common(
      newCommand("preview")
        .argument("<dir>", "Folder with the files")
        .description("Show every email in a folder as a contact would get it.")
        .requiredOption("--contact <id or address>", "The contact"),
    );
    command.action(async (dir: string, given: Previewing) => {
      session.choose(given);
      finish(await preview(session, dir, given));
    });
    program.addCommand(command);
  },
};

async function writeSequences(session: Session, dir: string, { sequence, prune, json }: Exporting) {
  const api = await session.api();
  const files = new Map<string, SequenceFile>();
  for (const id of await sequenceIds(api, sequence))
    for (const file of (await api.sequences.exportFiles({ id })).files) files.set(file.path, file);
  const done = writeFolder(dir, [...files.values()], prune === true);
  if (json) session.say(jsonOf(done));
  else session.say(`${done.written.length} files written, ${done.unchanged} unchanged.`);
  if (done.left.length > 0)
    session.complain(
      `${prune ? "Deleted" : "Not on the server, and left (--prune deletes them)"}: ${done.left.join(", ")}`,
    );
  return EXIT.done;
}

async function sequenceIds(api: Client, named: readonly string[] | undefined) {
  const ids: string[] = [];
  if (named) for (const name of named) ids.push((await findSequence(api, name)).id);
  else
    for await (const { id } of api.sequences.search.each({ emailer_campaign_status: "unarchived" }))
      ids.push(id);
  return ids;
}

async function carryOut(session: Session, dir: string, { move, overwrite, dryRun, json }: Applying) {
  const plan = await send(
    session,
    dir,
    { move: move === true, overwrite: overwrite === true },
    dryRun === true,
  );
  if (json) session.say(jsonOf(plan));
  else session.say(planText(plan, dryRun !== true));
  if (dryRun) return plan.has_changes || plan.held > 0 ? EXIT.changes : EXIT.done;
  return plan.held > 0 ? EXIT.notAll : EXIT.done;
}

async function send(
  session: Session,
  dir: string,
  wish: Omit<Input<"sequences", "importFiles">, "files">,
  dryRun: boolean,
): Promise<Plan> {
  const files = readFolder(dir);
  const api = await session.api();
  return api.sequences.importFiles({ files, ...wish }, { dryRun });
}

async function lint(session: Session, dir: string, { list, strict, json }: Linting) {
  const api = await session.api();
  const check = list === undefined ? {} : { check_label_id: await listNamed(api, list) };
  const { findings } = await send(session, dir, check, true);
  if (json) session.say(jsonOf(findings));
  else
    for (const { file, line, severity, sentence, code } of findings)
      session.say(clean(`${file}:${line}: ${severity}: ${sentence} (${code})`));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (!json) session.say(`${errors} errors, ${findings.length - errors} warnings.`);
  return errors > 0 || (strict && findings.length > 0) ? EXIT.notAll : EXIT.done;
}

async function listNamed(api: Client, said: string) {
  if (isId(said)) return said.toLowerCase();
  const labels = await api.labels.list({});
  const found = labels.find(
    ({ name, modality }) => modality === "contacts" && name.toLowerCase() === said.toLowerCase(),
  );
  if (!found)
    throw new Unusable(
      `No list of contacts is named ${said}.`,
      "List them: cadenza lists list",
      EXIT.notFound,
    );
  return found.id;
}

async function preview(session: Session, dir: string, { contact, json }: Previewing) {
  const api = await session.api();
  const { previews } = await send(
    session,
    dir,
    { preview_contact_id: await contactNamed(api, contact) },
    true,
  );
  if (json) session.say(jsonOf(previews ?? []));
  else
    for (const { key, step, variant, subject, body_text } of previews ?? [])
      session.say(clean(`${key}, step ${step}, variant ${variant}\nSubject: ${subject}\n\n${body_text}\n`));
  return EXIT.done;
}

async function contactNamed(api: Client, said: string) {
  if (isId(said)) return said.toLowerCase();
  const [found] = await findByEmail(api, said);
  if (!found) throw new Unusable(`No contact has the address ${said}.`, null, EXIT.notFound);
  return found.id;
}
