import { contract } from "@cadenza/contract";
import { openRoute, route } from "../../http/route.ts";
import { Refusal } from "../../refusal.ts";
import { endCurrentSession, signIn, whoIs } from "./commands.ts";
import { presentSignedIn } from "./present.ts";
import { findSession } from "./store.ts";

export const routes = [
  openRoute(contract.sessions.start, async ({ app, origin, userAgent, input, cookie }) => {
    const started = await signIn(app, { origin, userAgent }, input.email, input.password);
    cookie.start(started.token, started.session.expiresAt);
    return presentSignedIn(started);
  }),

  route(contract.sessions.current, async ({ db, caller }) => {
    const session =
      caller.credential.kind === "session"
        ? await findSession(db, caller.teamId, caller.credential.id)
        : null;
    if (!session) throw new Refusal("not_signed_in");
    return presentSignedIn({ session, ...(await whoIs(db, caller.teamId, caller.userId)) });
  }),

  route(contract.sessions.end, async ({ cookie, ...act }) => {
    await endCurrentSession(act);
    cookie.end();
    return { signed_out: true };
  }),
];
