// The connect form's fields, and the call they become.

import { presetOf, type Server } from "./presets.ts";
import type { Wish } from "./queries.ts";

export type ServerFields = {
  host: string;
  port: number | string;
  security: Server["security"];
  username: string;
  password: string;
};

export type ConnectFields = {
  preset: string;
  email: string;
  displayName: string;
  password: string;
  smtp: ServerFields;
  imap: ServerFields;
  readsReplies: boolean;
  everyone: boolean;
  dailyLimit: number | string;
};

const NO_SERVER: ServerFields = { host: "", port: "", security: "tls", username: "", password: "" };

export const EMPTY: ConnectFields = {
  preset: "google",
  email: "",
  displayName: "",
  password: "",
  smtp: { ...NO_SERVER, port: 465 },
  imap: { ...NO_SERVER, port: 993 },
  readsReplies: true,
  everyone: true,
  dailyLimit: 50,
};

export function wishOf(fields: ConnectFields, test: boolean): Wish {
  const { preset, email, displayName, everyone, dailyLimit } = fields;
  const known = presetOf(preset);
  const said = {
    email: email.trim(),
    ...(displayName.trim() && { display_name: displayName.trim() }),
    visibility: everyone ? ("everyone" as const) : ("restricted" as const),
    email_daily_threshold: dailyLimit === "" ? null : Number(dailyLimit),
    test,
  };
  if (preset === "catcher") return { ...said, type: "catcher" };
  const own = known.key === "other";
  const smtp = own ? serverOf(fields.smtp) : known.smtp && { ...known.smtp };
  const imap = own ? serverOf(fields.imap) : known.imap && { ...known.imap };
  return {
    ...said,
    type: "smtp",
    ...(smtp && {
      smtp: { ...smtp, password: own && fields.smtp.password ? fields.smtp.password : fields.password },
    }),
    imap:
      imap && fields.readsReplies
        ? { ...imap, password: own && fields.imap.password ? fields.imap.password : fields.password }
        : null,
  };
}

function serverOf({ host, port, security, username }: ServerFields) {
  return {
    ...{ host: host.trim(), port: Number(port), security },
    ...(username.trim() && { username: username.trim() }),
  };
}
