import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { createLogin, revokeLogin } from "./commands.ts";
import { presentLogin, presentWay } from "./present.ts";
import { listLogins } from "./store.ts";

export const routes = [
  route(contract.sqlLogins.create, async ({ input, ...act }) => {
    const { login, password } = await createLogin(act, input.name);
    return { sql_login: { ...presentLogin(login), ...presentWay(act.app, login, password) } };
  }),

  route(contract.sqlLogins.list, async ({ db, caller }) => ({
    sql_logins: (await listLogins(db, caller.teamId)).map(presentLogin),
  })),

  route(contract.sqlLogins.revoke, async ({ input, ...act }) => ({
    sql_login: presentLogin(await revokeLogin(act, input.id)),
  })),
];
