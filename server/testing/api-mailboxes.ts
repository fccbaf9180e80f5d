// Mailboxes that are connected by a provider's API, for tests that ask the same of each provider: its peer, a world that knows where
// it is, and how a mailbox of it is connected.

import assert from "node:assert/strict";
import { after } from "node:test";
import type { Config } from "../config.ts";
import type { Delivered } from "./api-peer.ts";
import { freePort } from "./doors.ts";
import { type GmailPeer, openGmailPeer } from "./gmail-peer.ts";
import { type GraphPeer, openGraphPeer } from "./graph-peer.ts";
import { LOOPBACK } from "./loopback.ts";
import { trustTestCertificates } from "./post-office.ts";
import { alwaysOpen, until } from "./sending.ts";
import { MAIL_STEP, type MailboxWish, newContacts, newSequence, type StepWish } from "./sequenced.ts";
import { openSignInPeer, SIGN_IN_CLIENT } from "./sign-in-peer.ts";
import { asOwner } from "./wire.ts";
import { type Team, useWorld, type World } from "./world.ts";

type Peer = { url: string; boxOf(email: string): { delivered: Delivered[] }; close(): Promise<void> };

type ByApi<Own extends Peer = Peer> = {
  name: string;
  type: "gmail" | "microsoft";
  connected_by: "gmail_api" | "microsoft_graph";
  provider: "google" | "microsoft";
  /** Where its API is: in the configuration, and in the environment. */
  setting: "gmailUrl" | "graphUrl";
  variable: string;
  open(emailOf: (token: string) => string | null): Promise<Own>;
  /** How many drafts are left for a person to send. */
  draftsOf(peer: Own, email: string): number;
};

export const GMAIL: ByApi<GmailPeer> = {
  name: "Gmail",
  type: "gmail",
  connected_by: "gmail_api",
  provider: "google",
  setting: "gmailUrl",
  variable: "CADENZA_GMAIL_API_URL",
  open: openGmailPeer,
  draftsOf: (peer, email) => peer.boxOf(email).drafts.size,
};

export const GRAPH: ByApi<GraphPeer> = {
  name: "Microsoft Graph",
  type: "microsoft",
  connected_by: "microsoft_graph",
  provider: "microsoft",
  setting: "graphUrl",
  variable: "CADENZA_MICROSOFT_GRAPH_URL",
  open: openGraphPeer,
  draftsOf: (peer, email) => peer.boxOf(email).in("drafts").length,
};

const UNLIMITED = { max_outbound_emails_per_hour: null, seconds_delay_between_emails: null };

/** Connected by an access token that a caller brought along. */
export async function usingTokens<Own extends Peer>(api: ByApi<Own>, config: Partial<Config> = {}) {
  const tokens = new Map<string, string>();
  const peer = await api.open((token) => tokens.get(token) ?? null);
  after(() => peer.close());
  const opened = use({ webhookAllow: LOOPBACK, [api.setting]: peer.url, ...config });
  /** The wish to connect another one. */
  const wish = (): MailboxWish & { email: string } => {
    const email = `${api.type}${tokens.size + 1}@norrland.example`;
    const access_token = `token-${tokens.size + 1}`;
    tokens.set(access_token, email);
    const own = { email, type: api.type, connected_by: api.connected_by, oauth: { access_token } };
    return { ...own, ...UNLIMITED, email_daily_threshold: null };
  };
  return {
    ...asked(opened, api, peer),
    wish,
    async mailbox() {
      const own = wish();
      const { email_account } = await opened.team().api.emailAccounts.create(own);
      const box = peer.boxOf(own.email) as ReturnType<Own["boxOf"]>;
      return { id: email_account.id, email: own.email, box, account: email_account };
    },
  };
}

/** Connected by signing in. */
export async function usingSignIns<Own extends Peer>(api: ByApi<Own>, config: Partial<Config> = {}) {
  trustTestCertificates();
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const signIns = await openSignInPeer(() => `${publicUrl}/settings/mailboxes/signed-in`);
  after(() => signIns.close());
  const peer = await api.open((token) => signIns.userOf(token));
  after(() => peer.close());
  const opened = use(
    {
      port,
      publicUrl,
      engineLoops: 4,
      webhookAllow: LOOPBACK,
      signInAddresses: signIns.addresses,
      [api.setting]: peer.url,
      ...config,
    },
    async (world, team) => {
      signIns.clock = () => world.running.app.now().epochMilliseconds;
      await team.api.signInClients.save({ provider: api.provider, ...SIGN_IN_CLIENT });
    },
  );
  let people = 0;
  return {
    ...asked(opened, api, peer),
    signIns,
    async signedIn(email = `ines${++people}@norrland.example`) {
      const { emailAccounts } = opened.team().api;
      const { sign_in } = await emailAccounts.startSignIn({
        provider: api.provider,
        connected_by: api.connected_by,
        email_daily_threshold: null,
      });
      const { state = "", code = "" } = await signIns.consent(sign_in.authorization_url, { email });
      const { email_account } = await emailAccounts.finishSignIn({ state, code });
      await emailAccounts.update({ id: email_account.id, ...UNLIMITED });
      const box = peer.boxOf(email) as ReturnType<Own["boxOf"]>;
      return { id: email_account.id, email, box, url: new URL(sign_in.authorization_url) };
    },
  };
}

function use(config: Partial<Config>, arrange: (world: World, team: Team) => Promise<void> = async () => {}) {
  const teams: Team[] = [];
  const world = useWorld(config, async (opened) => {
    const team = await opened.newTeam();
    teams.push(team);
    await arrange(opened, team);
  });
  const team = () => {
    assert.ok(teams[0], "the world is not open yet");
    return teams[0];
  };
  return { world, team };
}

type Opened = ReturnType<typeof use>;
type MailRow = {
  delivery: string;
  failure_reason: string | null;
  provider_message_id: string | null;
  provider_thread_id: string | null;
};

/** What tests of either ask. */
function asked<Own extends Peer>({ world, team }: Opened, api: ByApi<Own>, peer: Own) {
  const sql = (text: string, params: unknown[]) => asOwner(world, (client) => client.query(text, params));
  const rowsOf = async (mailboxId: string) => {
    const { rows } = await sql("select * from messages where mailbox_id = $1", [mailboxId]);
    return rows as MailRow[];
  };
  return {
    api,
    world,
    team,
    peer,
    sql,
    rowsOf,
    async mailboxRow(id: string) {
      const { rows } = await sql("select * from mailboxes where id = $1", [id]);
      return rows[0] as Record<string, unknown>;
    },
    draftsOf: (email: string) => api.draftsOf(peer, email),
    enroll: (mailboxId: string, count = 1, steps: StepWish[] = [MAIL_STEP]) =>
      enrollFrom(team(), { mailboxId, count, steps }),
    /** Time goes on, and the mailbox is read again. While an email is on its way it stands: minutes pass here within a moment. */
    async goOn(id: string) {
      const isOnItsWay = (await rowsOf(id)).some(({ delivery }) => ["claimed", "dot"].includes(delivery));
      if (isOnItsWay) return;
      world.advance({ minutes: 1 });
      await sql("update mailboxes set reading_at = null where id = $1 and reading_engine is null", [id]);
    },
    /** Time goes on until all are sent: pauses after faults are over, and doubts are old enough. */
    allSent: (mailboxId: string, count: number) =>
      until(async () => {
        const rows = await rowsOf(mailboxId);
        if (rows.length >= count && rows.filter(({ delivery }) => delivery === "sent").length >= count)
          return true;
        world.advance({ minutes: 1 });
        await sql("update mailboxes set backoff_until = null, reading_at = null where id = $1", [mailboxId]);
        return false;
      }),
    noneTwice(email: string, count: number) {
      const to = peer.boxOf(email).delivered.flatMap((one) => one.to);
      assert.equal(new Set(to).size, to.length, "none twice");
      assert.equal(to.length, count, "none lost");
      assert.equal(api.draftsOf(peer, email), 0, "no draft is left for a person to send");
    },
  };
}

type Enrolling = { mailboxId: string; count: number; steps: StepWish[] };

async function enrollFrom(team: Team, { mailboxId, count, steps }: Enrolling) {
  const emailer_schedule_id = await alwaysOpen(team);
  const { id } = await newSequence(team, { emailer_schedule_id, emailer_steps: steps });
  await team.api.joining.addContacts({
    id,
    contact_ids: await newContacts(team, count),
    send_email_from_email_account_id: [mailboxId],
    sequence_unverified_email: true,
  });
  return id;
}
