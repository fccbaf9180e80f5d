// Scenarios of brakes, as the engine sets them: too many emails came back, and its next look finds it.

import type { GateCode } from "../../domain/gate/gate.ts";
import { watchBrakesOnce } from "../../engine/upkeep/watch-brakes.ts";
import type { StandingMail } from "./mails.ts";
import type { Scenario } from "./scenario.ts";

type Subjects = Record<"mailbox" | "sequence", string | null>;

function brake(of: (mail: StandingMail) => Subjects): Scenario {
  return {
    kinds: ["sequence"], // what a user sends is held by no brake, nor a copy of what was sent
    async stop(mail) {
      const { sql, team, world } = mail;
      const { mailbox, sequence } = of(mail);
      await sql(
        `insert into messages (team_id, id, type, delivery, mailbox_id, sequence_id, has_bounced, completed_at, released_at,
                               created_at, updated_at, subject)
         select $1, new_ident(), 'outreach_automatic_email', 'sent', $2, $3, n <= 12, at, at, at, at, 'Came back'
           from generate_series(1, 60) n, (select now() - interval '30 hours' as at) past`,
        [team.id, mailbox, sequence],
      );
      await sql("delete from brake_looks where team_id = $1", [team.id]);
      await watchBrakesOnce({ app: world.running.app });
    },
    async tidy({ sql, team }) {
      await sql("delete from messages where team_id = $1 and subject = 'Came back'", [team.id]);
      await sql("delete from brakes where team_id = $1", [team.id]);
    },
  };
}

export const OF_BRAKES = {
  "brake:mailbox": brake(({ mailboxId }) => ({ mailbox: mailboxId, sequence: null })),
  "brake:sequence": brake(({ sequenceId }) => ({ mailbox: null, sequence: sequenceId })),
  "brake:team": brake(() => ({ mailbox: null, sequence: null })),
} satisfies Partial<Record<GateCode, Scenario>>;
