// A mail as the catcher keeps it, without anybody having sent it.

import { plant } from "./planted.ts";
import type { Team, World } from "./world.ts";

let made = 0;

export function makeCaught(world: Pick<World, "ownerConnection">, team: Pick<Team, "id">, mailboxId: string) {
  const n = ++made;
  return plant(world, team, "catcher_messages", {
    mailbox_id: mailboxId,
    uid: 1_000_000 + n,
    folder: "Sent",
    at: new Date(),
    nth: 1,
    from_address: "box@norrland.example",
    to_address: `p${n}@kund.example`,
    subject: "Hello",
    raw: Buffer.from(`Message-ID: <caught${n}@norrland.example>\r\nSubject: Hello\r\n\r\nHello`),
  });
}
