import type { Example } from "../endpoint.ts";

const login = {
  id: "64f0aa0000000000000000e0",
  name: "Metabase",
  username: "cadenza_sql_64f0aa0000000000000000e0",
  usable: true,
  connections: 0,
  created_by_user_id: "64f0aa000000000000000001",
  created_at: "2026-11-20T09:00:00.000Z",
  revoked_at: null,
};

export const sqlLogins: Record<string, readonly Example[]> = {
  "sqlLogins.create": [
    {
      title: "A login for Metabase",
      input: { name: "Metabase" },
      answer: {
        sql_login: {
          ...login,
          password: "cdz_sql_mZ0tQ4c1nq0l8y2xk3v5b7d9f1h3j5l7n9p1r3t5v7A",
          host: "db.example.com",
          port: 5432,
          database: "cadenza",
          url: "postgresql://cadenza_sql_64f0aa0000000000000000e0:cdz_sql_mZ0tQ4c1nq0l8y2xk3v5b7d9f1h3j5l7n9p1r3t5v7A@db.example.com:5432/cadenza",
        },
      },
    },
  ],
  "sqlLogins.list": [
    { isShownElsewhere: true, title: "All logins", input: {}, answer: { sql_logins: [login] } },
  ],
  "sqlLogins.revoke": [
    {
      isShownElsewhere: true,
      title: "End a login",
      input: { id: login.id },
      answer: { sql_login: { ...login, usable: false, revoked_at: "2026-11-21T09:00:00.000Z" } },
    },
  ],
};
