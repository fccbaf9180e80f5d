// The installation's key pair: made once, the private key sealed. A new pair would end every subscription, since browsers tie
// theirs to the public key.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import type { PushKeys } from "../../../kernel/web-push.ts";
import { findPushKeys } from "./store.ts";

export function placeOfPushKey(installationId: string) {
  return { teamId: "", table: "installation", rowId: installationId, column: "push_private_key" };
}

export async function openPushKeys({ secrets }: Pick<App, "secrets">, db: Db): Promise<PushKeys> {
  const { id, publicKey, sealed } = await findPushKeys(db);
  return { publicKey, privateKey: secrets.open(placeOfPushKey(id), sealed) };
}
