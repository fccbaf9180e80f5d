// What the browser loads before a page can be drawn: the scripts of every page, and those that the page's own file asks for.
// What a page loads later, such as charts and dialogs, is not counted.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../dist/", import.meta.url));
const ROUTES = fileURLToPath(new URL("../routes/", import.meta.url));

const MOST_KB = 250;
/** Pages with tables, filters and editors have more. A page is taken off this list when it needs it no longer. */
const MORE_KB: Readonly<Record<string, number>> = {
  MailboxList: 260,
  SandboxPage: 260,
  ScorePage: 265,
  CopilotsPage: 265,
  WorkflowList: 270,
  ListsPage: 270,
  TeamPage: 270,
  StagesPage: 275,
  ReportsPage: 285,
  MailboxPage: 285,
  ProspectsPage: 290,
  DealPage: 300,
  SequenceList: 300,
  CompanyList: 305,
  ContactList: 310,
  CompanyPage: 310,
  ListPage: 320,
  OutboxPage: 325,
  ContactPage: 325,
  InboxPage: 335,
  TasksPage: 335,
  NewWorkflowPage: 342,
  DealsPage: 365,
};

const scripts = new Map(
  readdirSync(`${BUILT}assets`)
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const code = readFileSync(`${BUILT}assets/${name}`, "utf8");
      const asks = [...code.matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g)].flatMap(
        ([, file]) => file ?? [],
      );
      return [name, { asks, bytes: sentBytes(`${BUILT}assets/${name}`) }] as const;
    }),
);

const ofEveryPage = [
  ...readFileSync(`${BUILT}index.html`, "utf8").matchAll(/\/assets\/([^"]+\.js)/g),
].flatMap(([, file]) => file ?? []);

const pages = readdirSync(ROUTES).flatMap((file) =>
  [
    ...readFileSync(`${ROUTES}${file}`, "utf8").matchAll(/import\("\.\.\/pages\/(?:[^"]+\/)?(\w+)\.tsx"\)/g),
  ].flatMap(([, page]) => page ?? []),
);

test("no page loads more scripts than its budget before it is drawn", (t) => {
  assert.ok(pages.length > 50);
  const sizes = [...new Set(pages)].map((page) => ({ page, kb: kbOf(page) })).sort((a, b) => a.kb - b.kb);
  for (const { page, kb } of sizes) t.diagnostic(`${page} ${kb} kB`);
  const over = sizes.filter(({ page, kb }) => kb > (MORE_KB[page] ?? MOST_KB));
  assert.deepEqual(over, []);
  const listed = Object.keys(MORE_KB).filter(
    (page) => !sizes.some((one) => one.page === page && one.kb > MOST_KB),
  );
  assert.deepEqual(listed, [], `these need at most ${MOST_KB} kB: take them off the list`);
});

function kbOf(page: string) {
  const own = [...scripts.keys()].filter((name) => name.startsWith(`${page}-`));
  assert.equal(own.length, 1, `${page} has a file of its own`);
  const needed = new Set<string>();
  const visit = (name: string) => {
    if (needed.has(name)) return;
    needed.add(name);
    scripts.get(name)?.asks.forEach(visit);
  };
  [...ofEveryPage, ...own].forEach(visit);
  return Math.ceil([...needed].reduce((sum, name) => sum + (scripts.get(name)?.bytes ?? 0), 0) / 1000);
}

/** Files of a few packets are sent as they are. */
function sentBytes(file: string) {
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}
