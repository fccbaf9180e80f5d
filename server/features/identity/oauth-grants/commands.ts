// The user is asked, and says yes or no. Everything is checked again after their answer: what the page was told before
// may be out of date.
//
// Easy to get wrong here: without a grant nothing is sent, not even a refusal, unless the address was registered; and
// then only by the user's click. Otherwise an attacker could register an address and have us redirect there (RFC 9700,
// 4.11).

import type { Act } from "../../../app.ts";
import { isResource, judgeAsked } from "../../../domain/identity/authorizing.ts";
import { isRegistered, redirectWith } from "../../../domain/identity/redirects.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import { byCaller, record } from "../../events/events/store.ts";
import {
  findApplication,
  findRegistration,
  insertApplication,
  lockApplication,
  noteRegistrationUse,
} from "../oauth-clients/store.ts";
import * as store from "./store.ts";

/** Long enough for a slow computer, too short to be found anywhere later. */
const CODE_LASTS = { minutes: 2 };

export type AuthorizationRequest = {
  clientId: string;
  redirectUri: string;
  responseType: string | undefined;
  scope: string | undefined;
  state: string | undefined;
  challenge: string | undefined;
  challengeMethod: string | undefined;
  resource: string | undefined;
};

/** Who asks, for what, and whether it can be granted as it is asked. */
export async function considerRequest(act: Act, request: AuthorizationRequest): Promise<store.Considered> {
  const application = await findAsking(act, request.clientId);
  if (!application) throw new Refusal("application_unknown");
  if (!isRegistered(request.redirectUri, application.redirectUris))
    throw new Refusal("redirect_not_registered");
  const judged = judge(act, request, application.scopes);
  const { redirectUri } = request;
  if (judged.isGranted) return { application, redirectUri, scopes: judged.scopes, refusal: null };
  const { error, says } = judged;
  const redirectTo = answerTo(act, request, { error, error_description: says });
  return { application, redirectUri, scopes: [], refusal: { error, says, redirectTo } };
}

function judge({ app }: Act, request: AuthorizationRequest, registered: readonly string[]) {
  if (request.resource !== undefined && !isResource(request.resource, app.config.publicUrl))
    return { isGranted: false, error: "invalid_target", says: "the resource is another server" } as const;
  return judgeAsked(request, registered);
}

/** The team's own, or one that has registered itself and was not ended here. */
async function findAsking({ db, caller }: Act, clientId: string) {
  const known = await findApplication(db, caller.teamId, clientId);
  if (known) return known.revokedAt ? null : known;
  const registered = await findRegistration(db, clientId);
  return registered && { ...registered, createdBy: null };
}

/** Answers where to go: back to the application, with a code if it was let in. */
export async function decideRequest(act: Act, request: AuthorizationRequest, isAllowed: boolean) {
  const considered = await considerRequest(act, request);
  const { id: applicationId, name } = considered.application;
  const subject = { type: "application", id: applicationId } as const;
  if (considered.refusal) return considered.refusal.redirectTo;
  if (!isAllowed) {
    await record(byCaller(act), { type: "application.denied", subject, data: { name } });
    return answerTo(act, request, { error: "access_denied" });
  }

  await adopt(act, applicationId);
  const code = newToken("cdz_code");
  const { db, now, caller } = act;
  await store.insertGrant(db, caller.teamId, {
    id: newId(),
    applicationId,
    userId: caller.userId,
    scopes: considered.scopes,
    redirectUri: request.redirectUri,
    codeHash: hashToken(code),
    codeChallenge: request.challenge ?? "",
    createdAt: now,
    codeExpiresAt: now.add(CODE_LASTS),
  });
  await record(byCaller(act), {
    type: "application.authorized",
    subject,
    data: { name, scopes: considered.scopes },
  });
  return answerTo(act, request, { code });
}

/** With the first yes of a team, an application that registered itself becomes one of theirs, for their admins to see and end. */
async function adopt({ db, now, caller }: Act, id: string) {
  const registered = await findRegistration(db, id);
  if (registered) {
    await insertApplication(db, caller.teamId, {
      ...registered,
      createdBy: null,
      createdAt: now,
      revokedAt: null,
    });
    await noteRegistrationUse(db, id, now);
  }
  const application = await lockApplication(db, caller.teamId, id);
  if (!application || application.revokedAt) throw new Refusal("application_unknown"); // ended a moment ago
}

/** `iss` tells the application which server answers, so that none can pass as another (RFC 9207). */
function answerTo({ app }: Act, { redirectUri, state }: AuthorizationRequest, told: Record<string, string>) {
  return redirectWith(redirectUri, { ...told, state, iss: app.config.publicUrl });
}

export async function disconnectApp(act: Act, applicationId: string) {
  const { db, now, caller } = act;
  const application = await findApplication(db, caller.teamId, applicationId);
  const ended = await store.endGrantsOfUser(
    db,
    caller.teamId,
    caller.userId,
    "disconnected",
    now,
    applicationId,
  );
  if (!application || ended === 0) throw new Refusal("record_not_found");
  await record(byCaller(act), {
    type: "application.disconnected",
    subject: { type: "application", id: applicationId },
    data: { name: application.name },
  });
  act.afterCommit(act.app.forgetCallers);
}
