import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import { FROM_FILE, importInto, type Outcome } from "./commands.ts";
import { linesOf } from "./lines.ts";

export const routes = [
  route(contract.prospecting.importPeople, async ({ input, ...act }) =>
    presentOutcome(await importInto(act, "people", await linesOf(input.text), input.source ?? FROM_FILE)),
  ),

  route(contract.prospecting.importOrganizations, async ({ input, ...act }) =>
    presentOutcome(
      await importInto(act, "organizations", await linesOf(input.text), input.source ?? FROM_FILE),
    ),
  ),
];

const MOST_TOLD = 100;

function presentOutcome({ total, created, updated, errors }: Outcome) {
  return { total, created, updated, skipped: errors.length, errors: errors.slice(0, MOST_TOLD) };
}
