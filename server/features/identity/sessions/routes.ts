import { contract } from "@cadenza/contract";
import { openRoute, route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { endCurrentSession, handOver, signIn, whoIs } from "./commands.ts";
import { presentSignedIn } from "./present.ts";
import { findSession } from "./store.ts";

export const routes = [
  openRoute(contract.sessions.start, async ({ input, ...scene }) => {
    const started = await signIn(scene.app, scene, input.email, input.password);
    handOver(scene, started);
    return presentSignedIn(started, scene.app);
  }),

  route(contract.sessions.current, async ({ app, db, caller }) => {
    const session =
      caller.credential.kind === "session"
        ? await findSession(db, caller.teamId, caller.credential.id)
        : null;
    if (!session) throw new Refusal("not_signed_in");
    return presentSignedIn({ session, ...(await whoIs(db, caller.teamId, caller.userId)) }, app);
  }),

  route(contract.sessions.end, async ({ cookie, ...act }) => {
    await endCurrentSession(act);
    cookie.end();
    return { signed_out: true };
  }),
];
