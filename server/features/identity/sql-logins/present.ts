import type { App } from "../../../app.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { LoginRow } from "./store.ts";

export function presentLogin(login: LoginRow) {
  return {
    id: login.id,
    name: login.name,
    username: login.roleName,
    usable: login.isThere && login.revokedAt === null,
    connections: login.connections,
    created_by_user_id: login.createdBy,
    created_at: stored(login.createdAt),
    revoked_at: storedOrNull(login.revokedAt),
  };
}

/** How to get in, from where the product itself does. A host that begins with a slash is the folder of a socket. */
export function presentWay({ database }: Pick<App, "database">, { roleName }: LoginRow, password: string) {
  const { servers, name } = database;
  const [{ host, port }] = servers;
  const isSocket = host.startsWith("/");
  const at = isSocket ? "" : servers.map(writtenOut).join(",");
  const query = isSocket ? `?host=${encodeURIComponent(host)}&port=${port}` : "";
  return {
    password,
    host,
    port,
    database: name,
    url: `postgresql://${roleName}:${password}@${at}/${encodeURIComponent(name)}${query}`,
  };
}

function writtenOut({ host, port }: { host: string; port: number }) {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
