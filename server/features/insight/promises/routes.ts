import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { readContactSearch, withAliases } from "../../contacts/contact-search/search-input.ts";
import { addForPromise } from "../../enrollments/enrolling/commands.ts";
import { readTermsWish, readWish } from "../../enrollments/enrolling/enrolling-input.ts";
import { addFileForPromise } from "../../imports/imports/commands.ts";
import { importFileOf, readImport, saidOf } from "../../imports/imports/imports-input.ts";
import { ourFileReaders } from "../../imports/imports/run-in-worker.ts";
import { getPromised, keepPromise, thinkOf } from "./commands.ts";
import { presentPromise, presentPromised } from "./present.ts";

export const routes = [
  routeWithBefore(
    contract.promises.create,
    ({ input, ...asking }) =>
      thinkOf(asking, async ({ db, caller, now }) => {
        const search = input.contact_filter && withAliases(input.contact_filter);
        const filter = search ? await readContactSearch({ db, caller }, search) : null;
        const wish = readWish(input, filter, now);
        return { ...wish, add: (act) => addForPromise(act, wish) };
      }),
    async ({ input: _, before, ...act }) => ({ promise: presentPromise(await keepPromise(act, before)) }),
  ),

  routeWithBefore(
    contract.imports.promise,
    async ({ input, ...asking }) => {
      const source = importFileOf(input);
      const inspected = await ourFileReaders.inspect(asking.caller.teamId, source, saidOf(input), "contacts");
      return thinkOf(asking, async ({ now }) => {
        const { sequenceId, mailboxIds } = readTermsWish(input.add_to_sequence, now);
        const wish = readImport(input, now);
        return { sequenceId, mailboxIds, add: (act) => addFileForPromise(act, wish, source, inspected) };
      });
    },
    async ({ input: _, before, cookie: __, ...act }) => ({
      promise: presentPromise(await keepPromise(act, before)),
    }),
  ),

  route(contract.promises.show, async ({ input, ...act }) => {
    const asked = { sequenceId: input.id, requestId: input.request_id ?? null };
    const found = await getPromised(act, asked);
    return { promised: found && presentPromised(found, act.now) };
  }),
];
