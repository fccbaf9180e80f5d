// What Fastify and pg can do with nothing around them: the same statements, no contract, no keys, no log.

import Fastify from "fastify";
import pg from "pg";
import { SEARCH_USERS } from "../server/features/identity/users/store.ts";

const pool = new pg.Pool({ ...JSON.parse(process.env.BARE_DATABASE ?? "{}"), max: 20, pipeline: true });
const teamId = process.env.BARE_TEAM ?? "";
const server = Fastify({ logger: false });

server.get("/health/ready", async () => ({ status: "ready" }));
server.get("/auth/health", async () => ({ healthy: true, is_logged_in: true }));

server.get("/users/search", async () => {
  const client = await pool.connect();
  try {
    client.query(`begin; set local cadenza.team_id = '${teamId}'`).catch(() => {});
    const { rows } = await client.query({ name: "users", text: SEARCH_USERS, values: [teamId, null, 25, 0] });
    await client.query("commit");
    return { users: rows };
  } finally {
    client.release();
  }
});

await server.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
