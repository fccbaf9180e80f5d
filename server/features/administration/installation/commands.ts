import { timingSafeEqual } from "node:crypto";
import type { App, Origin } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { splitName } from "../../../domain/basics/names.ts";
import { newId } from "../../../kernel/ids.ts";
import { hashPassword, saltOf } from "../../../kernel/passwords.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { BadKeyFile } from "../../../kernel/secrets.ts";
import { hashToken, prefixOf } from "../../../kernel/tokens.ts";
import { newPushKeys } from "../../../kernel/web-push.ts";
import { record } from "../../events/events/store.ts";
import { type SignInOrigin, startSession } from "../../identity/sessions/commands.ts";
import { askForSample, enterTeam, insertTeam, updateTeam } from "../../identity/teams/store.ts";
import {
  findUserByEmail,
  insertUser,
  setEmail,
  setPassword,
  updateUser,
} from "../../identity/users/store.ts";
import { placeOfPushKey } from "../../insight/push-subscriptions/keys.ts";
import { moveSeededSchedule } from "../../sequences/schedules/store.ts";
import { seedDefaults } from "../teams/defaults.ts";
import { insertOperatorKey } from "./operator-key.ts";
import * as store from "./store.ts";

const AT_START: Origin = { requestId: null, address: null, cause: "start" };

/**
 * At every start: the installation's row, the bootstrap key's team if the database was empty, and, while there is no
 * owner, the set-up link. Answers the link, or null once there is an owner. An engine shows none.
 */
export async function prepareInstallation(app: App): Promise<{ setupUrl: string | null }> {
  return app.db.inTransaction(async (db) => {
    const isNew = await store.createInstallation(db, newId(), app.now());
    if (isNew && app.sandbox) await store.saveSandbox(db, app.sandbox.state());
    const installation = await store.lockInstallation(db);
    if (!installation) throw new Error("the installation has no row");
    refuseOtherKey(app, installation);
    const digests = await digestKeyOf(app, db, installation);
    app.secrets.useDigestKey(digests.place, digests.sealed);
    await makePushKeys(app, db, installation);
    await store.setKeyFingerprint(db, app.secrets.fingerprint);
    if (isNew && app.config.bootstrapKey) {
      const seat = await openFirstTeam(db, app.config.bootstrapKey, app.now());
      if (app.config.sampleTeam) await orderSample(app, db, seat);
    }
    if (installation.setupCompletedAt || app.config.role === "engine") return { setupUrl: null };

    const token = setupTokenOf(app, installation);
    await store.setSetupToken(db, hashToken(token));
    return { setupUrl: `${app.config.publicUrl}/setup#${token}` };
  });
}

/**
 * Made from the installation's key, so every process and every start prints the same link. A random one would end the link
 * that another process has printed.
 */
function setupTokenOf({ secrets }: App, { id }: store.InstallationRow) {
  return `cdz_setup_${secrets.digest(`set-up link of ${id}`).toString("base64url")}`;
}

/** Made where there is no key yet. */
async function digestKeyOf(
  { secrets }: App,
  db: Db,
  { id, digestKey, keyFingerprint }: store.InstallationRow,
) {
  const place = placeOfDigestKey(id);
  if (digestKey) return { place, sealed: digestKey };
  const sealed = secrets.newDigestKey(place, keyFingerprint !== null);
  await store.setDigestKey(db, sealed);
  return { place, sealed };
}

/** What push services know this installation by. Browsers tie their subscriptions to it, so it is made once. */
async function makePushKeys({ secrets }: App, db: Db, { id, pushPrivateKey }: store.InstallationRow) {
  if (pushPrivateKey) return;
  const { publicKey, privateKey } = newPushKeys();
  await store.setPushKeys(db, publicKey, secrets.seal(placeOfPushKey(id), privateKey));
}

export function placeOfDigestKey(rowId: string) {
  return { teamId: "", table: "installation", rowId, column: "digest_key" };
}

/** Of two processes that start on an empty database with a key file each, the later one is told. */
function refuseOtherKey({ secrets, config }: App, { keyFingerprint: fingerprint }: store.InstallationRow) {
  if (!fingerprint || secrets.knows(fingerprint)) return;
  throw new BadKeyFile(
    `The key in ${config.keyFile} is not the key of this database. Put the right key file back, or set CADENZA_KEY_FILE to it. If you are about to restore a backup, empty the data folder first and keep only the cadenza.key of the backup in it.`,
  );
}

/** The first team, with a placeholder user for its key to act as. The first owner will take their place. */
export async function openFirstTeam(db: Db, key: string | null, now: Temporal.Instant) {
  const teamId = newId();
  const userId = newId();
  await enterTeam(db, teamId);
  await insertTeam(db, teamId, { name: "First team", timeZone: "UTC" }, now);
  await insertUser(
    db,
    teamId,
    {
      id: userId,
      email: "owner@cadenza.invalid",
      firstName: "Owner",
      lastName: null,
      title: null,
      role: "admin",
      isOperator: true,
      passwordHash: null,
    },
    now,
  );
  await seedDefaults(db, teamId, now);
  if (key) await insertBootstrapKey(db, teamId, key, now);
  const by = { db, now, origin: AT_START, teamId, userId: null, apiKeyId: null };
  await record(by, {
    type: "team.created",
    subject: { type: "team", id: teamId },
    data: { name: "First team" },
  });
  await enterTeam(db, "");
  return { teamId, userId };
}

/** Its secret was chosen by the operator, so little of it is shown. */
function insertBootstrapKey(db: Db, teamId: string, key: string, now: Temporal.Instant) {
  const prefix = prefixOf(key).slice(0, 4);
  return insertOperatorKey({ db, teamId, now }, { name: "Bootstrap key", key, prefix });
}

/** Whether a set-up link is good. A wrong one and a used one get the same answer. */
export async function checkSetup(app: App, token: string) {
  await app.db.inTransaction(async (db) => refuseWrongToken(await store.findInstallation(db), token));
}

export type Owner = {
  name: string;
  email: string;
  password: string;
  teamName: string;
  timeZone: string;
  wantsSample: boolean;
};

/** Makes the first owner, once, even if several try at the same moment. */
export async function completeSetup(app: App, visitor: SignInOrigin, token: string, owner: Owner) {
  await checkSetup(app, token);
  const passwordHash = await hashPassword(owner.password, saltOf(app.secrets, owner.email));
  const now = app.now();
  return app.db.inTransaction(async (db) => {
    refuseWrongToken(await store.lockInstallation(db), token);
    await store.completeSetup(db, now);

    const { teamId, userId } = await seatOwner(db, owner, passwordHash, now);
    if (owner.wantsSample || app.config.sampleTeam) await orderSample(app, db, { teamId, userId });
    const by = { db, now, origin: visitor.origin, teamId, userId, apiKeyId: null };
    await record(by, { type: "user.joined", subject: { type: "user", id: userId } });
    return startSession(app, db, teamId, userId, visitor);
  });
}

async function orderSample({ jobs, now }: App, db: Db, seat: { teamId: string; userId: string }) {
  await jobs.enqueue(db, "plant-sample", seat);
  await enterTeam(db, seat.teamId);
  await askForSample(db, seat.teamId, now());
}

async function seatOwner(db: Db, owner: Owner, passwordHash: string, now: Temporal.Instant) {
  const waiting = await store.findUnclaimedOperator(db);
  if (waiting) return takeSeat(db, waiting, owner, passwordHash, now);

  const teamId = newId();
  const userId = newId();
  await enterTeam(db, teamId);
  await insertTeam(db, teamId, { name: owner.teamName, timeZone: owner.timeZone }, now);
  const person = { id: userId, email: owner.email, ...splitName(owner.name), title: null };
  await insertUser(db, teamId, { ...person, role: "admin", isOperator: true, passwordHash }, now);
  await seedDefaults(db, teamId, now);
  return { teamId, userId };
}

/** What a bootstrap key has made so far then belongs to a person. */
async function takeSeat(
  db: Db,
  seat: { teamId: string; userId: string },
  owner: Owner,
  passwordHash: string,
  now: Temporal.Instant,
) {
  const { teamId, userId } = seat;
  await enterTeam(db, teamId);
  const namesake = await findUserByEmail(db, teamId, owner.email);
  if (namesake && namesake.id !== userId) throw new Refusal("user_active_already", { email: owner.email });
  const unsaid = { includesOptOut: null, optOutTemplate: null };
  await updateTeam(db, teamId, { name: owner.teamName, timeZone: owner.timeZone, ...unsaid });
  await moveSeededSchedule(db, teamId, owner.timeZone);
  await updateUser(
    db,
    teamId,
    userId,
    {
      ...splitName(owner.name),
      title: null,
      role: "admin",
      language: null,
      meetingUrl: null,
      dialLink: null,
      ...unsaid,
    },
    now,
  );
  await setEmail(db, teamId, userId, owner.email, now);
  await setPassword(db, teamId, userId, passwordHash, now);
  return seat;
}

function refuseWrongToken(installation: store.InstallationRow | null, token: string) {
  const expected = installation?.setupTokenHash;
  if (!expected || installation.setupCompletedAt || !timingSafeEqual(expected, hashToken(token))) {
    throw new Refusal("setup_not_open");
  }
}
