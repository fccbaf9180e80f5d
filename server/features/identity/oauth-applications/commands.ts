import type { Act, App, Origin } from "../../../app.ts";
import { redirectFault } from "../../../domain/identity/redirects.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "../oauth-clients/store.ts";
import { countRegistering } from "../oauth-clients/tries.ts";
import { endGrantsOfApplication } from "../oauth-grants/store.ts";

type ClientWish = {
  name: string;
  redirectUris: readonly string[];
  scopes: readonly string[];
  isConfidential: boolean;
};

/** An application that registers itself. It belongs to no team until a user grants it access. */
export async function registerClient(app: App, origin: Origin, wish: ClientWish) {
  if (!app.config.oauthRegistration) throw new Refusal("registration_closed");
  await countRegistering(app, origin.address);
  const { client, secret } = newClient(wish);
  const now = app.now();
  await app.db.inTransaction((db) => store.insertRegistration(db, client, now));
  return { client, secret, now };
}

/** An application that an admin adds. The secret is in the answer and nowhere else. */
export async function createApplication(act: Act, wish: ClientWish) {
  const { db, now, caller } = act;
  const { client, secret } = newClient(wish);
  await store.insertApplication(db, caller.teamId, {
    ...client,
    createdBy: caller.userId,
    createdAt: now,
    revokedAt: null,
  });
  await record(byCaller(act), {
    type: "application.created",
    subject: { type: "application", id: client.id },
    data: { name: client.name, scopes: client.scopes },
  });
  return { application: await inUse(act, client.id), secret };
}

/** Ends the application's access for every user of the team. It cannot be granted access again under this id. */
export async function revokeApplication(act: Act, id: string) {
  const { db, now, caller } = act;
  const known = await store.lockApplication(db, caller.teamId, id);
  if (!known) throw new Refusal("record_not_found");
  if (!known.revokedAt) {
    await store.revokeApplication(db, caller.teamId, id, now);
    const ended = await endGrantsOfApplication(db, caller.teamId, id, now);
    await record(byCaller(act), {
      type: "application.revoked",
      subject: { type: "application", id },
      data: { name: known.name, grants: ended },
    });
    act.afterCommit(act.app.forgetCallers);
  }
  return inUse(act, id);
}

async function inUse({ db, now, caller }: Act, id: string) {
  const [application] = await store.listApplications(db, caller.teamId, now, id);
  if (!application) throw new Refusal("record_not_found");
  return application;
}

function newClient({ name, redirectUris, scopes, isConfidential }: ClientWish) {
  refuseUnreadableName(name);
  for (const uri of redirectUris) {
    const why = redirectFault(uri);
    if (why !== null) throw new Refusal("redirect_uri_refused", { uri: uri.slice(0, 100), why });
  }
  const secret = isConfidential ? newToken("cdz_cs") : null;
  const secretHash = secret === null ? null : hashToken(secret);
  return {
    client: { id: newId(), name, redirectUris: [...new Set(redirectUris)], scopes, secretHash },
    secret,
  };
}

/** A person will read it, and decide by it: nothing in it may turn the rest of the sentence around or hide itself. */
function refuseUnreadableName(name: string) {
  if (name === "" || /[\p{C}\p{Zl}\p{Zp}]/u.test(name))
    throw new Refusal("client_metadata_refused", {
      why: say("client_name contains characters that are not allowed"),
    });
}
