// A change of the key: from then on a new one seals, and what was sealed by older ones is sealed anew, some hundred
// rows at a time. A process that is killed on the way leaves rows of both kinds, which all can be opened; asked
// again, it goes on where it was. Other processes may run meanwhile: they look at the key file when they seal.

import type { App } from "../../../app.ts";
import { addKey, forgetOlderKeys, readKeys } from "../../../kernel/key-file.ts";
import { BadKeyFile } from "../../../kernel/secrets.ts";
import { crashPoint } from "../../../seams.ts";
import { listTeamIds } from "../../identity/teams/store.ts";
import { placeOfPushKey } from "../../insight/push-subscriptions/keys.ts";
import { placeOfDigestKey } from "../installation/commands.ts";
import {
  findInstallation,
  lockInstallation,
  replaceDigestKey,
  replacePushKey,
  setKeyFingerprint,
} from "../installation/store.ts";
import { SEALED_TABLES } from "./places.ts";
import * as store from "./store.ts";

type Keeper = Pick<App, "db" | "secrets" | "config">;

type Resealed = {
  keyId: string;
  /** False where an earlier change had been cut short and was gone on with. */
  isNewKey: boolean;
  resealed: number;
  /** What no key at hand opens: where it is, and why. */
  unreadable: string[];
};

const AT_ONCE = 500;

export async function rotateKey(app: Keeper): Promise<Resealed> {
  const isNewKey = await turnKey(app);
  let resealed = 0;
  // Once more, for what was sealed while the key was being changed and written down after we had looked.
  for (;;) {
    const unreadable: string[] = [];
    const changed = await resealAll(app, unreadable);
    resealed += changed;
    if (changed === 0) return { keyId: app.secrets.keyId, isNewKey, resealed, unreadable };
  }
}

/** Takes the older keys away. Refused while something can be opened by nothing else; answers what that is. */
export async function forgetKeys(app: Keeper): Promise<{ forgotten: number; left: number }> {
  const left = await countOlder(app);
  return left > 0 ? { forgotten: 0, left } : { forgotten: forgetOlderKeys(app.config.keyFile), left };
}

/** Of two who change it at once, the later one finds a change under way and helps with it. */
async function turnKey({ db, secrets, config }: Keeper) {
  const isUnderWay = readKeys(config.keyFile).length > 1 && (await countOlder({ db, secrets, config })) > 0;
  return db.inTransaction(async (tx) => {
    const installation = await lockInstallation(tx);
    const isBehind = installation?.keyFingerprint && !secrets.fingerprint.equals(installation.keyFingerprint);
    const isNewKey = !isUnderWay && !isBehind;
    if (isNewKey) addKey(config.keyFile);
    await crashPoint("key-added");
    await setKeyFingerprint(tx, secrets.fingerprint);
    return isNewKey;
  });
}

async function countOlder(app: Keeper) {
  let left = (await olderOfNobody(app)).length;
  await eachColumn(app, async (teamId, place) => {
    for await (const rows of olderRows(app, teamId, place)) left += rows.length;
  });
  return left;
}

async function resealAll(app: Keeper, unreadable: string[]) {
  let changed = 0;
  await eachColumn(app, async (teamId, { table, rowId, column }) => {
    for await (const rows of olderRows(app, teamId, { table, rowId, column })) {
      const anew = rows.flatMap((row) => {
        const sealed = sealedAnew(app, { teamId, table, rowId: row.rowId, column }, row.sealed, unreadable);
        return sealed ? [{ ...row, anew: sealed }] : [];
      });
      changed += await app.db.inTeam(teamId, (db) =>
        store.reseal(db, teamId, { table, rowId, column }, anew),
      );
      await crashPoint("batch-resealed");
    }
  });
  return changed + (await resealOfNobody(app, unreadable));
}

async function eachColumn(
  { db }: Keeper,
  work: (teamId: string, column: store.SecretColumn) => Promise<void>,
) {
  for (const teamId of await db.inTransaction(listTeamIds))
    for (const { columns, ...table } of SEALED_TABLES)
      for (const column of columns) await work(teamId, { ...table, column });
}

async function* olderRows({ db, secrets }: Keeper, teamId: string, column: store.SecretColumn) {
  for (let after = ""; ; ) {
    const from = { after, limit: AT_ONCE };
    const asked = { ...column, keyId: secrets.keyId };
    const rows = await db.inTeam(teamId, (tx) => store.sealedByOthers(tx, teamId, asked, from));
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.rowId;
  }
}

type Place = Parameters<App["secrets"]["seal"]>[0];

function sealedAnew({ secrets }: Keeper, place: Place, sealed: Buffer, unreadable: string[]) {
  try {
    return secrets.seal(place, secrets.open(place, sealed));
  } catch (error) {
    const why = error instanceof BadKeyFile ? error.message : "It was changed, or copied from another row.";
    unreadable.push(`${place.table}.${place.column} of ${place.rowId}: ${why}`);
    return null;
  }
}

/** What is sealed with an older key and is of no team. */
async function olderOfNobody({ db, secrets }: Keeper) {
  const installation = await db.inTransaction(findInstallation);
  if (!installation) return [];
  const { id, digestKey, pushPrivateKey } = installation;
  return [
    { place: placeOfDigestKey(id), sealed: digestKey, replace: replaceDigestKey },
    { place: placeOfPushKey(id), sealed: pushPrivateKey, replace: replacePushKey },
  ].flatMap(({ sealed, ...one }) =>
    sealed !== null && sealed.toString("hex", 1, 5) !== secrets.keyId ? [{ ...one, sealed }] : [],
  );
}

async function resealOfNobody(app: Keeper, unreadable: string[]) {
  let changed = 0;
  for (const { place, sealed, replace } of await olderOfNobody(app)) {
    const anew = sealedAnew(app, place, sealed, unreadable);
    if (anew) changed += await app.db.inTransaction((db) => replace(db, sealed, anew));
  }
  return changed;
}
