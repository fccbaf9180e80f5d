import { contract } from "@cadenza/contract";
import { openRoute } from "../../http/route.ts";
import { stored } from "../../moments.ts";
import { presentSignedIn } from "../sessions/present.ts";
import { nameOf } from "../users/present.ts";
import { acceptInvitation, checkInvitation } from "./commands.ts";

export const routes = [
  openRoute(contract.invitations.check, async ({ app, input }) => {
    const { invitation, user, team } = await checkInvitation(app, input.token);
    return {
      invitation: {
        email: user.email,
        name: nameOf(user) === user.email ? "" : nameOf(user),
        team_name: team.name,
        expires_at: stored(invitation.expiresAt),
        reset: invitation.purpose === "reset",
      },
    };
  }),

  openRoute(contract.invitations.accept, async ({ app, origin, userAgent, input, cookie }) => {
    const wish = { name: input.name ?? null, password: input.password };
    const started = await acceptInvitation(app, { origin, userAgent }, input.token, wish);
    cookie.start(started.token, started.session.expiresAt);
    return presentSignedIn(started);
  }),
];
