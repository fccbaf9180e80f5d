// npm run bench [-- suite ...]

import { bulk } from "./bulk.ts";
import { claiming } from "./claiming.ts";
import { contactPage } from "./contact-page.ts";
import { contacts } from "./contacts.ts";
import { doors } from "./doors.ts";
import { forecasting } from "./forecast.ts";
import { foundation } from "./foundation.ts";
import { print, type Suite, writeDown } from "./harness.ts";
import { imports } from "./imports.ts";
import { inboxes } from "./inboxes.ts";
import { joining } from "./joining.ts";
import { limitsCost } from "./limits-cost.ts";
import { mailCost } from "./mail-cost.ts";
import { moving } from "./moving.ts";
import { people } from "./people.ts";
import { receiving } from "./receiving.ts";
import { recordSearch } from "./record-search.ts";
import { reports } from "./reports.ts";
import { sandbox } from "./sandbox.ts";
import { scoring } from "./scoring.ts";
import { screen } from "./screen.ts";
import { sending } from "./sending.ts";
import { slowCallers } from "./slow-callers.ts";
import { uploads } from "./uploads.ts";
import { verification } from "./verification.ts";
import { workflows } from "./workflows.ts";

const suites: Record<string, Suite> = {
  foundation,
  contacts,
  search: recordSearch,
  page: contactPage,
  imports,
  uploads,
  joining,
  sending,
  cost: mailCost,
  limits: limitsCost,
  claiming,
  bulk,
  people,
  receiving,
  inboxes,
  screen,
  doors,
  forecast: forecasting,
  verification,
  reports,
  scoring,
  workflows,
  slow: slowCallers,
  sandbox,
  moving,
};

const chosen = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : Object.keys(suites);
let missed = 0;
for (const name of names) {
  const suite = suites[name];
  if (!suite) {
    console.error(`There is no suite ${name}. There are: ${Object.keys(suites).join(", ")}.`);
    process.exit(2);
  }
  const figures = await suite.run();
  print(suite, figures);
  writeDown(suite, figures, new Date().toISOString().slice(0, 10));
  missed += figures.filter((figure) => !figure.isMet).length;
}
console.log(missed === 0 ? "\nAll targets are met." : `\n${missed} targets are missed.`);
