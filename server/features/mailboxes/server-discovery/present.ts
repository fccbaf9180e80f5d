import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { FoundServers } from "../../../domain/contacts/mail-servers/found-servers.ts";
import type { ServerSettings } from "../../../domain/contacts/mailbox-connection.ts";

type Shown = z.input<typeof contract.emailAccounts.discover.output>;

export function presentFound(email: string, found: FoundServers): Shown {
  const { by, provider, signsIn, servers, notes, looks } = found;
  return {
    email,
    found_by: by,
    provider,
    sign_in: signsIn,
    smtp: servers && shown(servers.smtp, email),
    imap: servers?.imap ? shown(servers.imap, email) : null,
    notes: [...notes],
    looked: [...looks],
  };
}

function shown({ username, ...server }: ServerSettings, email: string) {
  return { ...server, username: username ?? email };
}
