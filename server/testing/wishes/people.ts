// The people of a team, their keys, and the programs that act for them.

import { granting, newProof } from "../granting.ts";
import { asOwner } from "../wire.ts";
import { BOOTSTRAP_KEY } from "../world.ts";
import { fresh, type MakerContext, type Wishes } from "./makers.ts";

export function people({ world, team, make }: MakerContext): Wishes {
  return {
    "users.invite": async () => ({ input: { email: "dry@example.no", role: "admin" } }),
    "users.update": async () => ({ input: { id: await make.person(), title: "Changed" } }),
    "credits.allow": async () => ({ input: { kind: "lead_credit", limit: 1_000_000 } }),
    "users.deactivate": async () => ({ input: { id: await make.person() } }),
    "users.reactivate": async () => ({ input: { id: await make.person("gone") } }),
    "installation.confirmSending": async () => {
      await asOwner(world, (client) => client.query("update installation set sending_held_since = now()"));
      return { input: {}, by: { key: BOOTSTRAP_KEY } };
    },
    "installation.backUp": async () => {
      world.running.app.config.backup = {
        folder: "/nowhere",
        hour: 3,
        keep: { days: 7, weeks: 4, months: 6 },
        recipients: [],
        bucket: null,
      };
      await asOwner(world, (client) => client.query("delete from backup_runs"));
      return { input: {}, by: { key: BOOTSTRAP_KEY } };
    },
    "oauthApplications.create": async () => ({
      input: { name: fresh(), redirect_uris: ["https://made.example/back"] },
    }),
    "oauthApplications.revoke": async () => {
      const wish = { name: fresh(), redirect_uris: ["https://made.example/back"] };
      return { input: { id: (await team.api.oauthApplications.create(wish)).client_id } };
    },
    "oauth.decide": async () => {
      const app = granting(world, team);
      const { client_id } = await app.added();
      return {
        input: { ...app.asks(client_id, newProof()), decision: "allow" },
        by: { cookie: (await app.signedIn()).cookie },
      };
    },
    "connectedApps.disconnect": async () => ({
      input: { id: (await granting(world, team).connect()).client_id },
    }),
    "apiKeys.create": async () => ({ input: { name: "dry", master: true } }),
    "apiKeys.update": async () => ({ input: { id: await make.apiKey(), scopes: ["read_only"] } }),
    "apiKeys.revoke": async () => ({ input: { id: await make.apiKey() } }),
    "apiKeys.rotate": async () => ({ input: { id: await make.apiKey() } }),
    "sessions.end": async () => ({
      input: {},
      by: await world.signIn(team.owner.email, team.owner.password),
    }),
    "dataRetention.update": async () => ({ input: { rules: [{ kind: "notes", keep_days: 365 }] } }),
    "processingRecords.update": async () => ({ input: { purposes: "Selling turbines" } }),
    "teams.update": async () => ({ input: { name: "Changed", time_zone: "Asia/Tokyo" } }),
    "subteams.create": async () => ({ input: { name: "Dry", user_ids: [team.owner.id] } }),
    "subteams.update": async () => ({ input: { id: await make.subteam(), user_ids: [] } }),
    "subteams.delete": async () => ({ input: { id: await make.subteam() } }),
    "teams.create": async () => ({
      input: { name: "Dry", owner_email: "dry@example.no" },
      by: { key: BOOTSTRAP_KEY },
    }),
  };
}
