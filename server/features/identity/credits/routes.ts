import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { allowCredits, quoteCredits, readAllowances, readCredits } from "./commands.ts";
import { presentAllowances, presentCredits, presentCreditUsage, presentMovement } from "./present.ts";
import { readMovements, readUsage } from "./reading.ts";

export const routes = [
  route(contract.usageStats.creditUsage, async (act) => presentCredits(await readCredits(act))),

  route(contract.credits.quote, async ({ input, ...act }) => {
    const { action, count } = input;
    const { kind, least, expected, most, balance, fits } = await quoteCredits(act, { action, count });
    return { quote: { action, count, kind, least, expected, most, balance, fits } };
  }),

  route(contract.credits.allowances, async (act) => ({
    allowances: presentAllowances(await readAllowances(act)),
  })),

  route(contract.credits.allow, async ({ input, ...act }) => ({
    allowances: presentAllowances(
      await allowCredits(act, { userId: input.user_id ?? null, kind: input.kind, limit: input.limit }),
    ),
  })),

  route(contract.credits.usage, async ({ input, ...act }) => {
    const { since, until, user_id: userId = null } = input;
    return { usage: (await readUsage(act, { since, until, userId })).map(presentCreditUsage) };
  }),

  route(contract.credits.movements, async ({ input, ...act }) => {
    const { page, per_page } = input;
    const { rows, total } = await readMovements(act, {
      contactId: input.contact_id ?? null,
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    const pagination = { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
    return { movements: rows.map(presentMovement), pagination };
  }),
];
