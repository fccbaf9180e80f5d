import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route, routeWithBefore } from "../../../http/route.ts";
import { stored } from "../../../kernel/moments.ts";
import { presentMailbox } from "../mailboxes/present.ts";
import { exchangeSignIn, finishSignIn } from "./finishing.ts";
import { startSignIn } from "./starting.ts";
import type { SignInWish } from "./store.ts";

const { startSignIn: start, finishSignIn: finish } = contract.emailAccounts;

export const routes = [
  route(start, async ({ input, ...act }) => {
    const { url, expiresAt } = await startSignIn(act, {
      provider: input.provider,
      mailboxId: input.email_account_id,
      loginHint: input.login_hint,
      connectedBy: input.connected_by,
      settings: settingsFrom(input),
    });
    return { sign_in: { authorization_url: url, expires_at: stored(expiresAt) } };
  }),

  routeWithBefore(
    finish,
    ({ app, caller, input }) => {
      const { state, code, error, error_description: says } = input;
      return exchangeSignIn(app, caller, { state, code, error, says });
    },
    async ({ input: _, before, ...act }) => ({
      email_account: presentMailbox(await finishSignIn(act, before)),
    }),
  ),
];

function settingsFrom(input: z.output<typeof start.input>): SignInWish {
  const { display_name, visibility = null, email_daily_threshold, ramp } = input;
  return {
    displayName: display_name ?? null,
    visibility,
    ...(email_daily_threshold !== undefined && { dailyLimit: email_daily_threshold }),
    ramp: ramp
      ? { start: ramp.start, step: ramp.step, everyDays: ramp.every_days ?? 1, ceiling: ramp.ceiling }
      : null,
  };
}
