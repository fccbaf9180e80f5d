import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { newContact } from "../../../testing/sequenced.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { attachmentsOf } from "./store.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam();
});

const content = Buffer.from("%PDF-1.7 hello").toString("base64");

async function upload(rest: Partial<Input<"attachments", "create">> = {}, by = team) {
  const wish = { file_name: "offer.pdf", content_type: "application/pdf", content, ...rest };
  return (await by.api.attachments.create(wish)).attachment;
}

const download = (id: string, by = team) => call(`${world.url}/api/v1/attachments/${id}`, { key: by.key });

test("a file comes back as it was brought, to be saved and never shown", async () => {
  const file = await upload();
  assert.deepEqual(
    { ...file, id: "" },
    { id: "", file_name: "offer.pdf", content_type: "application/pdf", size: 14 },
  );
  const answer = await download(file.id);
  assert.equal(answer.status, 200);
  assert.equal(answer.text, "%PDF-1.7 hello");
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="offer\.pdf"/);
  assert.equal(answer.headers.get("content-length"), "14");
});

test("files are named by their ids, and another team's are not there", async () => {
  const [one, two] = [await upload({ file_name: "one.pdf" }), await upload({ file_name: "two.pdf" })];
  const foreign = await upload({}, stranger);
  const { attachments } = await team.api.attachments.list({ ids: [two.id, foreign.id, one.id] });
  assert.deepEqual(
    attachments.map(({ file_name }) => file_name),
    ["two.pdf", "one.pdf"],
  );
});

test("pages, pictures that run and names that lead elsewhere are made harmless", async () => {
  for (const content_type of [
    "text/html",
    "image/svg+xml",
    "application/xhtml+xml",
    "application/javascript",
    ...["text/jscript", "text/livescript", "text/plain", "application/pdf+x", "image/pngx"],
  ]) {
    const file = await upload({ file_name: "../../x.html", content_type });
    const { headers } = await download(file.id);
    assert.equal(headers.get("content-type"), "application/octet-stream", content_type);
    assert.match(headers.get("content-disposition") ?? "", /^attachment; filename="x\.html"/);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
  }
  const named = await upload({ file_name: 'Björn "x"\r\n.pdf' });
  const { headers } = await download(named.id);
  assert.equal(
    headers.get("content-disposition"),
    "attachment; filename=\"Bj_rn x.pdf\"; filename*=UTF-8''Bj%C3%B6rn%20x.pdf",
  );
});

test("a form with a file does as well, byte by byte", async () => {
  const bytes = Buffer.from(Array.from({ length: 600 }, (_, n) => n % 256));
  const form = new FormData();
  form.set("file", new File([bytes], "data.bin", { type: "application/zip" }));
  const answer = await call(`${world.url}/api/v1/attachments`, { method: "POST", key: team.key, body: form });
  assert.equal(answer.status, 200, answer.text);
  const { id } = answer.body.attachment as { id: string };
  const [kept] = await world.running.app.db.inTeam(team.id, (db) => attachmentsOf(db, team.id, [id]));
  assert.deepEqual([kept?.fileName, kept?.contentType], ["data.bin", "application/zip"]);
  assert.ok(kept?.content.equals(bytes));
});

test("what is no form, no file or too much is refused", async () => {
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  const broken = await call(`${world.url}/api/v1/attachments`, {
    method: "POST",
    key: team.key,
    headers,
    body: "nonsense",
  });
  assert.deepEqual([broken.status, broken.body.code], [400, "malformed_body"]);
  const unbound = await call(`${world.url}/api/v1/attachments`, {
    method: "POST",
    key: team.key,
    body: "--x--",
    headers: { "content-type": "multipart/form-data" },
  });
  assert.equal(unbound.status, 400);
  assert.equal((await refused(upload({ content: "" }))).code, "attachment_empty");
  assert.equal((await refused(upload({ content: "%%%" }))).code, "parameter_invalid");
  const large = Buffer.alloc(7_340_033).toString("base64");
  assert.equal((await refused(upload({ content: large }))).status, 422);
  const most = await upload({ content: Buffer.alloc(7_340_032).toString("base64") });
  assert.equal(most.size, 7_340_032);
});

test("drafts and steps name files of the team only", async () => {
  const [own, foreign] = [await upload(), await upload({}, stranger)];
  const contact_id = await newContact(team);
  const { create, show } = team.api.emailerMessages;
  const { emailer_message } = await create({ contact_id, subject: "x", attachment_ids: [own.id] });
  assert.deepEqual(emailer_message.attachment_ids, [own.id]);
  assert.deepEqual((await show({ id: emailer_message.id })).attachments, [own]);
  const step = { type: "auto_email", wait_time: 0, wait_mode: "day" } as const;
  const withFile = (id: string) =>
    team.api.sequences.create({
      name: "x",
      emailer_steps: [
        { ...step, emailer_touches: [{ attachment_ids: [id], emailer_template: { subject: "a" } }] },
      ],
    });
  const made = await withFile(own.id);
  assert.deepEqual(made.emailer_touches[0]?.attachment_ids, [own.id]);
  assert.equal((await refused(withFile(foreign.id))).code, "attachment_not_found");
  assert.equal(
    (await refused(create({ contact_id, attachment_ids: [foreign.id] }))).code,
    "attachment_not_found",
  );
  assert.equal((await download(foreign.id)).status, 404);
  assert.equal((await download("0".repeat(24))).status, 404);
});
