// What Fastify and pg can do with nothing around them: the same statements, no contract, no keys, no log.

import Fastify from "fastify";
import pg from "pg";

const pool = new pg.Pool({ ...JSON.parse(process.env.BARE_DATABASE ?? "{}"), max: 20, pipeline: true });
const teamId = process.env.BARE_TEAM ?? "";
const server = Fastify({ logger: false });

server.get("/health/ready", async () => ({ status: "ready" }));
server.get("/auth/health", async () => ({ healthy: true, is_logged_in: true }));

const USERS = `select team_id, id, email, first_name, last_name, title, role, is_operator,
    password_hash is not null as has_password, created_at, last_signed_in_at, deactivated_at, count(*) over () as total
  from users
 where team_id = $1
   and ($2::text is null or position(lower($2) in lower(concat_ws(' ', first_name, last_name, email))) > 0)
 order by created_at, id
 limit $3 offset $4`;

server.get("/users/search", async () => {
  const client = await pool.connect();
  try {
    client.query("begin").catch(() => {});
    client
      .query({ name: "team", text: "select set_config('cadenza.team_id', $1, true)", values: [teamId] })
      .catch(() => {});
    const { rows } = await client.query({ name: "users", text: USERS, values: [teamId, null, 25, 0] });
    await client.query("commit");
    return { users: rows };
  } finally {
    client.release();
  }
});

await server.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
process.on("SIGTERM", () => void server.close().then(() => process.exit(0)));
