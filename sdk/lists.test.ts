// Lists to their end, files both ways, and what the types promise: against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Contract, endpoints } from "@cadenza/contract";
import type { z } from "zod";
import { feedSettles } from "../server/testing/feed.ts";
import { refused, type Team, useWorld } from "../server/testing/world.ts";
import { type Address, addresses } from "./addresses.ts";
import { type Input, type Output, Refused } from "./index.ts";
import type { Shapes } from "./shapes.ts";

let team: Team;
let ids: string[];
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { created_contacts } = await team.api.contacts.bulkCreate({
    contact_attributes: Array.from({ length: 7 }, (_, index) => ({
      first_name: `P${index}`,
      email: `p${index}@example.no`,
    })),
  });
  ids = created_contacts.map(({ id }) => id as string);
});

async function all<Item>(items: AsyncIterable<Item>) {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("contacts come one after the other through all pages, by cursor, each once", async () => {
  const found = await all(team.api.contacts.search.each({ per_page: 3 }));
  assert.deepEqual(found.map(({ id }) => id).sort(), [...ids].sort());
  const pages = await all(team.api.contacts.search.pages({ per_page: 3 }));
  assert.deepEqual(
    pages.map(({ contacts }) => contacts.length),
    [3, 3, 1],
  );
});

test("a reader that stops asks for no further page", async () => {
  let pages = 0;
  for await (const contact of team.api.contacts.search.each({ per_page: 2 })) {
    pages++;
    assert.ok(contact.id);
    if (pages === 2) break;
  }
  assert.equal(pages, 2);
});

test("numbered pages, offsets, the feed and the log end where they end", async () => {
  for (let note = 0; note < 5; note++)
    await team.api.notes.create({ content: `Note ${note}`, contact_ids: [ids[0] as string] });
  assert.equal((await all(team.api.notes.list.each({ contact_id: ids[0] as string, limit: 2 }))).length, 5);
  const suppressed = ["a", "b", "c"].map((name) => `${name}@example.se`);
  for (const value of suppressed) await team.api.suppressions.create({ value });
  const barred = await all(team.api.suppressions.list.each({ per_page: 1 }));
  assert.deepEqual(barred.map(({ value }) => value).sort(), suppressed);
  await feedSettles(world);
  const feed = await all(team.api.events.list.each({ types: ["contact.created"], limit: 2 }));
  assert.deepEqual(feed.map(({ subject }) => subject.id).sort(), [...ids].sort());
  const log = await all(team.api.auditLog.list.each({ limit: 4 }));
  assert.equal(new Set(log.map(({ id }) => id)).size, log.length);
  assert.ok(log.length >= 8, String(log.length));
  const stages = await all(team.api.contactStages.list.each());
  assert.equal(stages.length, 9);
  assert.deepEqual(await all(team.api.labels.list.each()), await team.api.labels.list());
});

test("every list there is can be read on, to its end", async () => {
  type Nouns = Record<string, Record<string, { each(input: unknown): AsyncIterable<unknown> }>>;
  const byKey = team.api as unknown as Nouns;
  const { api } = await world.signIn(team.owner.email, team.owner.password);
  const signedIn = api as unknown as Nouns; // some lists are a user's own: no key reads them
  const needy: string[] = [];
  for (const { name, endpoint } of endpoints) {
    const [noun = "", verb = ""] = name.split(".");
    const { pages } = (addresses as Record<string, Record<string, Address>>)[noun]?.[verb] ?? {};
    const isNeedy = Object.values(endpoint.input.shape).some((field) => !field.safeParse(undefined).success);
    if (!pages || isNeedy) continue;
    try {
      const nouns = endpoint.access === "person" ? signedIn : byKey;
      await all(nouns[noun]?.[verb]?.each({}) as AsyncIterable<unknown>);
    } catch (error) {
      if (!(error instanceof Refused) || error.status >= 500) throw error;
      needy.push(name); // wants to know whose, or is not running here
    }
  }
  assert.deepEqual(needy.sort(), [
    "activities.search",
    "catcher.list",
    "notes.list",
    "sandbox.timeline",
    "touches.list",
  ]);
});

test("a refusal in the middle of a list ends it as it ends a call", async () => {
  const broken = await refused(all(team.api.contacts.search.each({ cursor: "nonsense" })));
  assert.deepEqual([broken.code, broken.todo.startsWith("Send the next_cursor")], ["invalid_cursor", true]);
});

test("a list as a file is read as it comes", async () => {
  const file = await team.api.suppressions.list.csv();
  assert.match(file.contentType, /^text\/csv/);
  let text = "";
  for await (const part of file.stream().pipeThrough(new TextDecoderStream())) text += part;
  assert.match(text, /a@example\.se/);
});

test("a file goes up as it is and comes down as it was", async () => {
  const content = new Uint8Array([0, 255, 10, 13, 128]);
  const { attachment } = await team.api.attachments.create({
    file: new File([content], "Übersicht.bin", { type: "application/x-thing" }),
  });
  const file = await team.api.attachments.download({ id: attachment.id });
  // Types are believed of pictures and PDF alone.
  assert.deepEqual([file.fileName, file.contentType], ["Übersicht.bin", "application/octet-stream"]);
  assert.deepEqual(await file.bytes(), content);
});

test("a call that takes a file takes it as a file too", async () => {
  const list = new Blob(["email,reason\nx@example.dk,asked\ny@example.dk,asked\n"], { type: "text/csv" });
  const read = await team.api.suppressions.import({ text: list, kind: "email" });
  assert.deepEqual([read.total, read.created], [2, 2]);
});

test("a write that is sent again with its key has one effect", async () => {
  const once = { idempotencyKey: "the same" };
  const first = await team.api.labels.create({ name: "Once", modality: "contacts" }, once);
  assert.deepEqual(await team.api.labels.create({ name: "Once", modality: "contacts" }, once), first);
});

// What the compiler says of a call is what the contract's schemas say: these lines compile, or the generator is wrong.
type In<E> = E extends { input: infer S extends z.ZodType } ? OneOrMany<z.input<S>> : never;
type Out<E> = E extends { output: infer S extends z.ZodType } ? z.output<S> : never;
/** Where the server takes a list of texts or numbers, it takes one of them. */
type OneOrMany<T> = T extends readonly (infer E)[]
  ? [E] extends [string | number | boolean]
    ? E | E[]
    : OneOrMany<E>[]
  : T extends object
    ? { [Key in keyof T]: OneOrMany<T[Key]> }
    : T;
// Files come and go as files, and what takes anything and makes text of it is told to take text.
type Special =
  | "attachments.create"
  | "attachments.download"
  | "incomingMails.attachment"
  | "conversations.create"
  | "contacts.personalDataFile"
  | "processingRecords.file"
  | "conversations.downloadExport"
  | "suppressions.import"
  | `contacts.${"create" | "update" | "bulkCreate" | "bulkUpdate"}`;
type Wrong = {
  [Noun in keyof Contract & keyof Shapes]: {
    [Verb in keyof Contract[Noun] & keyof Shapes[Noun]]: `${Noun}.${Verb & string}` extends Special
      ? never
      : [In<Contract[Noun][Verb]>, Output<Noun, Verb>] extends [Input<Noun, Verb>, Out<Contract[Noun][Verb]>]
        ? [Input<Noun, Verb>, Out<Contract[Noun][Verb]>] extends [
            In<Contract[Noun][Verb]>,
            Output<Noun, Verb>,
          ]
          ? never
          : `${Noun}.${Verb & string} is narrower`
        : `${Noun}.${Verb & string} is wider`;
  }[keyof Contract[Noun] & keyof Shapes[Noun]];
}[keyof Contract & keyof Shapes];

test("the types are the contract's", () => {
  const none: [Wrong] extends [never] ? true : Wrong = true;
  assert.ok(none);
});
