import { contract } from "@cadenza/contract";
import { routeWithBefore } from "../../../http/route.ts";
import { noteMailboxTest, sendMailboxTest } from "./commands.ts";

export const routes = [
  routeWithBefore(
    contract.emailAccounts.sendTest,
    ({ app, caller, input, isDryRun }) => sendMailboxTest(app, caller, input.id, isDryRun),
    async ({ before, ...act }) => {
      await noteMailboxTest(act, before);
      const { mailbox, to, subject } = before;
      return { test: { email_account: mailbox, to: to.address, subject } };
    },
  ),
];
