// Files as people have them: saved by spreadsheets, put together by hand, copied from mails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn } from "../../../testing/imported.ts";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const INES = ["Ines", "ines@norrland.example"];
const OLE = ["Ole", "ole@norrland.example"];

const READ: Record<string, string> = {
  "lines that end with a carriage return":
    "First Name,Email\rInes,ines@norrland.example\rOle,ole@norrland.example\r",
  "lines of which each ends otherwise, and the last not at all":
    "First Name,Email\r\nInes,ines@norrland.example\nOle,ole@norrland.example",
  "lines that end twice over":
    "First Name,Email\r\r\nInes,ines@norrland.example\r\r\nOle,ole@norrland.example\r\r\n",
  "blank lines before the header":
    "\n\nFirst Name,Email\nInes,ines@norrland.example\nOle,ole@norrland.example\n",
  "a first line that says the delimiter":
    "sep=;\r\nFirst Name;Email\r\nInes;ines@norrland.example\r\nOle;ole@norrland.example\r\n",
  "the same in quotation marks, behind a byte order mark":
    '\ufeff"sep=\t"\nFirst Name\tEmail\nInes\tines@norrland.example\nOle\tole@norrland.example\n',
  "spaces before quotation marks":
    'First Name, Email\n"Ines", "ines@norrland.example"\nOle, "ole@norrland.example"\n',
  "spaces behind quotation marks":
    '"First Name" ,"Email" \n"Ines" ,"ines@norrland.example" \n"Ole" ,ole@norrland.example\n',
  "columns without names and without cells":
    "First Name,,,Email,,\nInes,,,ines@norrland.example,,\nOle,,,ole@norrland.example,,\n",
  "a header over two lines": '"First\nName","Email"\nInes,ines@norrland.example\nOle,ole@norrland.example\n',
  "addresses as mail programs write them":
    "First Name,Email\nInes,Ines Berg <ines@norrland.example>\nOle,<ole@norrland.example>\n",
  "addresses as they are copied from pages":
    "First Name,Email\nInes,mailto:ines@norrland.example\nOle,\u00a0ole@norrland.example\u200b\n",
};

for (const [what, text] of Object.entries(READ))
  test(`${what} are read as they were meant`, async () => {
    const team = await world.newTeam();
    const { found } = await bringIn(team, text);
    assert.deepEqual([found.total, found.created, found.codes], [2, 2, {}]);
    const { contacts } = await team.api.contacts.search({});
    const told = contacts.map(({ first_name, email }) => [first_name, email]);
    assert.deepEqual(told.toSorted(), [INES, OLE]);
  });

test("rows keep the numbers that a spreadsheet gives them, also behind a line that says the delimiter", async () => {
  const team = await world.newTeam();
  const { rows } = await bringIn(
    team,
    "sep=;\nEmail;Title\nines@norrland.example;Buyer\n\nole@norrland.example;Cook\n",
  );
  assert.deepEqual(
    rows.map(({ row }) => row),
    [3, 5],
  );
});

test("quotation marks within a cell, and tabs between empty ones, stay what they are", async () => {
  const team = await world.newTeam();
  const quoted =
    'Email,Title\nines@norrland.example,"Head of ""Plant"",\n the second"\nole@norrland.example,"The" Cook\n';
  await bringIn(team, quoted);
  await bringIn(team, "Email\tLast Name\tTitle\nada@norrland.example\t\tDean\n");
  const { contacts } = await team.api.contacts.search({});
  const titles = Object.fromEntries(contacts.map(({ email, title }) => [email, title]));
  assert.deepEqual(titles, {
    "ines@norrland.example": 'Head of "Plant",\n the second',
    "ole@norrland.example": '"The" Cook',
    "ada@norrland.example": "Dean",
  });
});

test("columns of one name, or of the name that another is given, can each be mapped", async () => {
  const team = await world.newTeam();
  const text = "Email,Email,Email (2),,Column 4\na@norrland.example,Second,Third,Fourth,Fifth\n";
  const { preview } = await team.api.imports.preview({ text });
  assert.deepEqual(
    preview.columns.map(({ name }) => name),
    ["Email", "Email (3)", "Email (2)", "Column 4", "Column 4 (2)"],
  );
  const mapping = {
    "Email (3)": "title",
    "Email (2)": "headline",
    "Column 4": "first_name",
    "Column 4 (2)": "last_name",
  };
  await bringIn(team, text, { mapping });
  const [contact] = (await team.api.contacts.search({})).contacts;
  assert.deepEqual(
    [contact?.email, contact?.title, contact?.headline, contact?.name],
    ["a@norrland.example", "Second", "Third", "Fourth Fifth"],
  );
});

test("of two columns that go to one field the first that says something counts", async () => {
  const team = await world.newTeam();
  const text = "Email,Role,Position held\nines@norrland.example,,Cook\nole@norrland.example,Buyer,Cook\n";
  await bringIn(team, text, { mapping: { Role: "title", "Position held": "title" } });
  const { contacts } = await team.api.contacts.search({});
  assert.deepEqual(contacts.map(({ email, title }) => [email, title]).toSorted(), [
    ["ines@norrland.example", "Cook"],
    ["ole@norrland.example", "Buyer"],
  ]);
});

test("a header alone, ten thousand columns and a file of blank lines are refused by name, and nothing is begun", async () => {
  const team = await world.newTeam();
  const wide = Array.from({ length: 10_000 }, (_, at) => `Column ${at}`).join(",");
  const texts: Record<string, string> = {
    import_no_rows: "First Name,Email\n",
    import_too_many_columns: `${wide}\n${wide}\n`,
    import_empty: "\n\r\n\n",
  };
  for (const [code, text] of Object.entries(texts))
    assert.equal((await refused(bringIn(team, text))).code, code);
  assert.deepEqual((await team.api.imports.list({})).imports, []);
});
