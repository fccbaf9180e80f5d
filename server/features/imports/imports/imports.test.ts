// A CSV brought in over HTTP: what it becomes, what is said of every row, and what is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { bringIn } from "../../../testing/imported.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

const fileOf = (...lines: string[]) => new File([lines.join("\n")], "people.csv");

const short = (rows: { row: number; verdict: string; code: string | null }[]) =>
  rows.map(({ row, verdict, code }) => [row, verdict, code]);

const PEOPLE = `First Name,Last Name,Email,Company,Size
Ines,Berg,ines@norrland.example,Norrland Kraft,12
Ole,Dahl,ole@norrland.example,Norrland Kraft,30
`;

test("rows become contacts, with their companies, and the counts say so", async () => {
  const team = await world.newTeam();
  const { found, rows, job } = await bringIn(team, PEOPLE);
  assert.deepEqual(
    [found.status, found.total, found.created, found.updated, found.unchanged, found.skipped],
    ["done", 2, 2, 0, 0, 0],
  );
  assert.deepEqual([job.status, job.total, job.done, job.counts], ["done", 2, 2, { created: 2 }]);
  assert.deepEqual(short(rows), [
    [2, "created", null],
    [3, "created", null],
  ]);
  assert.equal(rows[0]?.name, "Ines Berg");
  assert.equal(found.mapping.Size, null);
  const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
  assert.deepEqual(
    [contact.email, contact.email_status, contact.source, contact.source_display_name],
    ["ines@norrland.example", "verified", "csv_import", "Uploaded from CSV"],
  );
});

test("unknown companies are created, unless the import says not to", async () => {
  for (const create_accounts of [true, false]) {
    const team = await world.newTeam();
    const { rows } = await bringIn(team, PEOPLE, { create_accounts });
    const { accounts } = await team.api.accounts.search({});
    assert.deepEqual(
      accounts.map(({ name, domain, source }) => [name, domain, source]),
      create_accounts ? [["Norrland Kraft", "norrland.example", "csv_import"]] : [],
    );
    const { contact } = await team.api.contacts.get({ id: rows[1]?.contact_id ?? "" });
    assert.equal(contact.account_id, accounts[0]?.id ?? null);
  }
});

test("a second time nothing is created, and every row says why", async () => {
  const team = await world.newTeam();
  await bringIn(team, PEOPLE);
  const { found, rows } = await bringIn(team, PEOPLE);
  assert.deepEqual([found.created, found.unchanged, found.codes], [0, 2, { nothing_to_fill: 2 }]);
  assert.match(rows[0]?.sentence ?? "", /already exists/);
});

test("of who is there, nothing is changed, blanks are filled or what the file says counts", async () => {
  const more = "Email,Title,First Name\nines@norrland.example,Buyer,Agnes\n";
  for (const [overwrite, verdict, expected] of [
    ["never", "unchanged", ["Ines", null]],
    ["fill", "updated", ["Ines", "Buyer"]],
    ["replace", "updated", ["Agnes", "Buyer"]],
  ] as const) {
    const team = await world.newTeam();
    await bringIn(team, PEOPLE);
    const { rows } = await bringIn(team, more, { overwrite });
    const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
    assert.deepEqual([rows[0]?.verdict, [contact.first_name, contact.title]], [verdict, expected], overwrite);
    if (overwrite === "replace")
      assert.deepEqual(
        [rows[0]?.before?.first_name, rows[0]?.after?.first_name, rows[0]?.after?.title],
        ["Ines", "Agnes", "Buyer"],
      );
  }
});

test("what cannot be used is skipped, each row with its reason", async () => {
  const team = await world.newTeam();
  const { found, rows } = await bringIn(
    team,
    fileOf(
      "First Name,Last Name,Email,Id",
      "Ines,Berg,ines@norrland.example,",
      "Ole,Dahl,ole at norrland,",
      "Ada,Lund,,",
      ",,,",
      "",
      "First Name,Last Name,Email,Id",
      "a;b;c;d",
      "Lars,Ek,lars@x.example,,more",
      "Nul,\0,nul@x.example,",
      "Who,Ever,,aaaaaaaaaaaaaaaaaaaaaaaa",
      "Who,Ever,,12",
      `${"x".repeat(1_001)},Long,long@x.example,`,
    ),
  );
  assert.deepEqual(short(rows), [
    [2, "created", null],
    [3, "skipped", "email_invalid"],
    [4, "skipped", "row_unidentified"],
    [5, "skipped", "row_empty"],
    [7, "skipped", "header_again"],
    [8, "skipped", "other_delimiter"],
    [9, "skipped", "cells_too_many"],
    [10, "skipped", "cell_unreadable"],
    [11, "skipped", "id_unknown"],
    [12, "skipped", "id_invalid"],
    [13, "skipped", "cell_too_long"],
  ]);
  assert.deepEqual([found.created, found.skipped, found.total], [1, 10, 11]);
  assert.ok(rows.every(({ verdict, sentence }) => verdict !== "skipped" || sentence));
});

test("of two rows about one person the later wins, field by field, and says which row it follows", async () => {
  const team = await world.newTeam();
  const { rows, found } = await bringIn(
    team,
    "Email,Title,City\nines@x.example,Buyer,Oslo\nINES@x.example,Head of Buying,\nines@x.example,,\n",
  );
  assert.deepEqual(
    rows.map(({ verdict, code, same_as_row }) => [verdict, code, same_as_row]),
    [
      ["created", null, null],
      ["updated", "same_as_earlier_row", 2],
      ["unchanged", "same_as_earlier_row", 2],
    ],
  );
  assert.equal(found.created, 1);
  const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
  assert.deepEqual([contact.title, contact.present_raw_address], ["Head of Buying", "Oslo"]);
});

test("columns become fields of the team's own, which are made on the way", async () => {
  const team = await world.newTeam();
  const { rows, found } = await bringIn(team, PEOPLE, {
    mapping: { Size: "typed_custom_fields.new.number", Company: null },
  });
  const field = found.mapping.Size?.split(".")[1] ?? "";
  const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
  assert.deepEqual([contact.typed_custom_fields[field], contact.organization_name], [12, null]);
  const again = await bringIn(team, "Email,Size\nines@norrland.example,many\n", { overwrite: "replace" });
  assert.deepEqual(
    [again.found.mapping.Size, Object.values(again.rows[0]?.left_out ?? {})],
    [`typed_custom_fields.${field}`, ["Size must be a number"]],
  );
});

test("new fields whose names differ in capitals alone are one field, and the preview says so", async () => {
  const team = await world.newTeam();
  const text = "Email,Booth,booth,BOOTH\na@x.example,A4,,\nb@x.example,,B2,\nc@x.example,C1,C2,C3\n";
  const NEW = "typed_custom_fields.new.string";
  const mapping = { Booth: NEW, booth: NEW, BOOTH: NEW };
  const shared = async () =>
    (await team.api.imports.preview({ text, mapping })).preview.columns.map(({ shares_with }) => shares_with);
  assert.deepEqual(await shared(), [null, null, "Booth", "Booth"]);
  const { found, rows } = await bringIn(team, text, { mapping });
  assert.deepEqual([found.created, new Set(Object.values(found.mapping)).size], [3, 2]);
  const field = (found.mapping.Booth ?? "").slice("typed_custom_fields.".length);
  const values = [];
  for (const { contact_id } of rows)
    values.push((await team.api.contacts.get({ id: contact_id ?? "" })).contact.typed_custom_fields[field]);
  assert.deepEqual(values, ["A4", "B2", "C1"]);
  assert.deepEqual(await shared(), [null, "Booth", "Booth", "Booth"]);
});

test("two imports that make the same field and list at once make each once", async () => {
  const team = await world.newTeam();
  const both = await Promise.all(
    [1, 2, 3].map((n) =>
      bringIn(team, `Email,Booth\nines${n}@x.example,A${n}\n`, {
        mapping: { Booth: "typed_custom_fields.new.string" },
        label_names: ["Fair"],
      }),
    ),
  );
  assert.equal(new Set(both.map(({ found }) => found.mapping.Booth)).size, 1);
  assert.deepEqual(
    both.map(({ found }) => [found.status, found.created]),
    [
      ["done", 1],
      ["done", 1],
      ["done", 1],
    ],
  );
  const lists = await team.api.labels.list({});
  assert.equal(lists.filter(({ name }) => name === "Fair").length, 1);
});

test("stage, owner and lists hold for every row, and lists are added to also of who is there", async () => {
  const team = await world.newTeam();
  await bringIn(team, PEOPLE);
  const { contact_stages: stages } = await team.api.contactStages.list({});
  const stage = stages.at(-1)?.id ?? "";
  const { rows } = await bringIn(team, "Email\nines@norrland.example\nnew@norrland.example\n", {
    overwrite: "never",
    label_names: ["Fair 2026"],
    contact_stage_id: stage,
    owner_id: team.owner.id,
  });
  assert.deepEqual(
    rows.map(({ verdict, after }) => [verdict, after?.label_names ?? null]),
    [
      ["updated", ["Fair 2026"]],
      ["created", null],
    ],
  );
  const { contact } = await team.api.contacts.get({ id: rows[1]?.contact_id ?? "" });
  assert.deepEqual([contact.contact_stage_id, contact.label_ids.length], [stage, 1]);
});

test("a dry run says what the real one then does, and leaves nothing behind", async () => {
  const team = await world.newTeam();
  await bringIn(team, PEOPLE);
  const text = "Email,Title,Size\nines@norrland.example,Buyer,1\nnew@norrland.example,CEO,2\nnobody,x,3\n";
  const wish = { text, mapping: { Size: "typed_custom_fields.new.number" }, label_names: ["Tried"] };
  const tried = await team.api.imports.create(wish, { dryRun: true });
  const { labels } = await team.api.labels.list({}).then((answer) => ({ labels: answer }));
  assert.equal(JSON.stringify(labels).includes("Tried"), false);
  assert.equal((await team.api.imports.list({})).imports.length, 1);
  const real = await bringIn(team, text, { mapping: wish.mapping, label_names: wish.label_names });
  const told = (rows: typeof real.rows) =>
    rows.map(({ row, verdict, code, before, after }) => [
      ...[row, verdict, code, Object.keys(before ?? {}).map((key) => key.replace(/\..*/, ""))],
      [after?.title, after?.label_names],
    ]);
  assert.deepEqual(told(tried.rows as typeof real.rows), told(real.rows));
  const counts = ({ created, updated, unchanged, skipped }: typeof real.found) => [
    created,
    updated,
    unchanged,
    skipped,
  ];
  assert.deepEqual(counts(tried.import as typeof real.found), counts(real.found));
  assert.deepEqual([tried.num_tried, tried.at_least], [3, false]);
  const whom = tried.rows?.map(({ name }) => name);
  assert.deepEqual(whom, ["Ines Berg", "new@norrland.example", "nobody"], "each row says who it is about");
});

test("every encoding and every delimiter is read, from a form too", async () => {
  const text = (sign: string) => `Email${sign}Last Name\njorgen@x.example${sign}Jørgensen\n`;
  for (const [name, bytes, encoding, delimiter] of [
    ["UTF-8", Buffer.from(text(",")), "utf-8", ","],
    ["with a mark", Buffer.from(`\ufeff${text(";")}`), "utf-8", ";"],
    ["UTF-16", Buffer.from(`\ufeff${text("\t")}`, "utf16le"), "utf-16le", "\t"],
    ["the other way round", Buffer.from(`\ufeff${text("|")}`, "utf16le").swap16(), "utf-16be", "|"],
    ["Windows-1252", Buffer.from(text(":"), "latin1"), "windows-1252", ":"],
    ["lines of old", Buffer.from(text(",").replaceAll("\n", "\r")), "utf-8", ","],
    ["lines of Windows", Buffer.from(text(",").replaceAll("\n", "\r\n")), "utf-8", ","],
  ] as const) {
    const team = await world.newTeam();
    const { found, rows } = await bringIn(team, new File([new Uint8Array(bytes)], "../people.csv"));
    assert.deepEqual(
      [found.encoding, found.delimiter, found.file_name, found.created],
      [encoding, delimiter, "people.csv", 1],
      name,
    );
    const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
    assert.equal(contact.last_name, "Jørgensen", name);
  }
});

test("a file that cannot be read is refused before anything is done", async () => {
  const team = await world.newTeam();
  const wide = Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(",");
  for (const [text, code] of [
    ["", "import_empty"],
    ["Email,Name\n", "import_no_rows"],
    ["Color,Shape\nred,round\n", "import_nothing_mapped"],
    [`${wide}\n1\n`, "import_too_many_columns"],
    [`Email,Name\na@x.example,"never closed\nb@x.example,B\n`, "import_quote_open"],
    [`Email,Name\na@x.example,"${"x".repeat(3_000_000)}"\n`, "import_row_too_long"],
    ["PK\x03\x04 and so on", "import_not_text"],
  ] as const)
    await assert.rejects(team.api.imports.create({ text }), { code }, code);
  await assert.rejects(team.api.imports.create({}), { code: "import_file_missing" });
  await assert.rejects(team.api.imports.create({ text: PEOPLE, mapping: { Nope: "email" } }), {
    code: "import_column_unknown",
  });
  await assert.rejects(team.api.imports.create({ text: PEOPLE, mapping: { Size: "nope" } }), {
    code: "import_field_unknown",
  });
  assert.equal((await team.api.imports.list({})).imports.length, 0);
});

test("a header may bear any name", async () => {
  const team = await world.newTeam();
  const { found } = await bringIn(team, "__proto__,constructor,Email,Email\n1,2,a@x.example,b@x.example\n");
  assert.deepEqual([found.created, found.mapping.Email, found.mapping["Email (2)"]], [1, "email", null]);
});

test("two imports of one file at once make everybody once", async () => {
  const team = await world.newTeam();
  const rows = Array.from({ length: 3_000 }, (_, at) => `p${at}@x.example,Person ${at}`);
  const text = `Email,Name\n${rows.join("\n")}\n`;
  const [one, other] = await Promise.all([bringIn(team, text), bringIn(team, text)]);
  assert.deepEqual(
    [one.found.created + other.found.created, one.found.unchanged + other.found.unchanged],
    [3_000, 3_000],
  );
  const { pagination } = await team.api.contacts.search({ per_page: 1 });
  assert.equal(pagination.total_entries, 3_000);
});

test("the preview shows how a file is read, and writes nothing", async () => {
  const team = await world.newTeam();
  const { preview } = await team.api.imports.preview({
    text: "Wer,Adresse2,Zahl\nInes Berg,ines@norrland.example,7\nOle,ole@norrland.example,8\nAda,nope,9\n",
  });
  assert.deepEqual(
    preview.columns.map(({ name, field, found_by, suggested_type }) => [
      name,
      field,
      found_by,
      suggested_type,
    ]),
    [
      ["Wer", null, null, "string"],
      ["Adresse2", null, null, "string"],
      ["Zahl", null, null, "number"],
    ],
  );
  const { preview: clear } = await team.api.imports.preview({
    text: "Name,Where to write\nInes Berg,ines@norrland.example\n",
  });
  assert.deepEqual(
    [clear.columns[1]?.field, clear.columns[1]?.found_by, clear.total],
    ["email", "content", 1],
  );
  assert.equal((await team.api.imports.list({})).imports.length, 0);
});

test("a row's verdicts can be had as a file", async () => {
  const team = await world.newTeam();
  const { found } = await bringIn(team, `${PEOPLE}=cmd(),x,nobody,,\n`);
  const text = await (await team.api.imports.rows.csv({ id: found.id })).text();
  const lines = text.trim().split("\r\n");
  assert.deepEqual([lines.length, lines[3]?.split(",").slice(0, 3)], [4, ["4", "skipped", "email_invalid"]]);
});

test("companies come in the same way", async () => {
  const team = await world.newTeam();
  const text =
    "Company,Website,Employees\nNorrland Kraft,https://www.norrland.example,120\n,,\nSund,sund.example,many\n";
  const { found, rows } = await bringIn(team, text, { kind: "accounts", label_names: ["Targets"] });
  assert.deepEqual(short(rows), [
    [2, "created", null],
    [3, "skipped", "row_empty"],
    [4, "created", null],
  ]);
  assert.deepEqual([found.created, rows[2]?.left_out], [2, { estimated_num_employees: "must be a number" }]);
  const again = await bringIn(team, "Domain,Industry\nnorrland.example,Power\n", { kind: "accounts" });
  assert.deepEqual([again.rows[0]?.verdict, again.rows[0]?.after], ["updated", { industry: "Power" }]);
});

test("a stranger's file is not taken in", async () => {
  const nobody = createClient({ baseUrl: world.url, apiKey: "nobody's key", retries: 0 });
  await assert.rejects(nobody.imports.create({ file: new Blob([PEOPLE]) }), { status: 401 });
});
