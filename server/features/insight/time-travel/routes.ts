import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { contactAsOf, enrollmentAsOf, mailboxAsOf } from "./commands.ts";
import { presentContactThen, presentEnrollmentThen, presentMailboxThen } from "./present.ts";

export const routes = [
  route(contract.contacts.asOf, async ({ input, ...act }) => ({
    as_of: presentContactThen(await contactAsOf(act, input.id, readMoment(input.at))),
  })),

  route(contract.enrollments.asOf, async ({ input, ...act }) => ({
    as_of: presentEnrollmentThen(await enrollmentAsOf(act, input.id, readMoment(input.at))),
  })),

  route(contract.emailAccounts.asOf, async ({ input, ...act }) => ({
    as_of: presentMailboxThen(await mailboxAsOf(act, input.id, readMoment(input.at))),
  })),
];
