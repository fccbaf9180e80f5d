// A lookup that a provider was asked about, and whose answer was lost with the process that asked, as after a kill.

import { json, openProvider } from "./provider-peer.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

type Clue = { name: string; domain: string };

export async function loseLookup(world: Pick<World, "ownerConnection">, { id, api }: Team, clue: Clue) {
  const peer = await openProvider(json({}, 503));
  try {
    await api.enrichmentProviders.create({
      name: "Finder",
      kind: "apollo",
      base_url: peer.url,
      provider_key: "their key",
      retries: 0,
      price: 1,
      heeds_request_ids: false,
    });
    await api.people.match(clue);
  } finally {
    await peer.close();
  }
  await asOwner(world, (client) =>
    client.query("update provider_calls set error = 'lost' where team_id = $1 and outcome = 'failed'", [id]),
  );
}
