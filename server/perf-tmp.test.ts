import { appendFileSync } from "node:fs";
import { test } from "node:test";
const say = (...all: unknown[]) => appendFileSync("/tmp/perf-out.txt", `${all.join(" ")}\n`);
import { makeSequence } from "./testing/sequence-wishes.ts";
import { asOwner } from "./testing/wire.ts";
import { useWorld } from "./testing/world.ts";

const world = useWorld({});
test("perf", async () => {
  const team = await world.newTeam();
  const other = await world.newTeam();
  const a = await makeSequence(team),
    b = await makeSequence(team),
    c = await makeSequence(other);
  const { user } = await team.api.users.invite({ email: "member@example.no" });
  const member = world.client({
    apiKey: (await team.api.apiKeys.create({ name: "m", master: true, user_id: user.id })).api_key.key,
  });
  await asOwner(world, async (db) => {
    for (const [t, s, s2, n] of [
      [team.id, a.id, b.id, 300000],
      [other.id, c.id, c.id, 100000],
    ] as const) {
      await db.query(
        `insert into messages (team_id, id, sequence_id, type, delivery, subject, body_text, to_email, to_name, due_at, completed_at, dot_at, num_opens, replied_at, not_sent_reason, created_at, updated_at)
        select $1, new_ident(), case when g % 1000 = 0 then $3 else $2 end, 'outreach_automatic_email', case when g % 50 = 0 then 'failed' when g % 97 = 0 then 'planned' else 'sent' end,
          'Question ' || g, 'We overhaul generators and turbines number ' || g || ' ' || md5(g::text), 'p' || g || '@c' || (g%5000) || '.example', 'Person ' || (g % 20000),
          timestamptz '2026-01-01' + g * interval '10 seconds', timestamptz '2026-01-01' + g * interval '10 seconds', null, case when g % 3 = 0 then 1 else 0 end,
          case when g % 5000 = 0 then timestamptz '2026-03-01' end, null, timestamptz '2026-01-01' + g * interval '10 seconds', now() from generate_series(1, ${n}) g`,
        [t, s, s2],
      );
    }
    await db.query("update messages set completed_at = null where delivery <> 'sent'");
    await db.query("vacuum analyze messages");
    const { rows } = await db.query(
      "select indexrelname, pg_size_pretty(pg_relation_size(indexrelid)) s from pg_stat_user_indexes where relname='messages' order by pg_relation_size(indexrelid) desc limit 8",
    );
    say(rows.map((r: any) => `${r.indexrelname} ${r.s}`).join(", "));
  });
  for (let i = 0; i < 3; i++) { const t = performance.now(); await team.api.sequences.search({}); say("sequences.search", Math.round(performance.now() - t)); }
  const cases: [string, object][] = [
    ["plain", {}],
    ["page 400", { page: 400, per_page: 100 }],
    ["opened", { emailer_message_stats: ["opened"] }],
    ["replied", { emailer_message_stats: ["replied"] }],
    ["replied|bounced", { emailer_message_stats: ["replied", "bounced"] }],
    ["unsub", { emailer_message_stats: ["unsubscribed"] }],
    ["failed", { emailer_message_stats: ["failed_other"] }],
    ["not_opened", { emailer_message_stats: ["not_opened"] }],
    ["scheduled", { emailer_message_stats: ["scheduled"] }],
    ["class", { emailer_message_reply_classes: ["out_of_office"] }],
    ["reason", { not_sent_reason_cds: ["snippets_missing"] }],
    ["small seq", { emailer_campaign_ids: [b.id] }],
    ["not big seq", { not_emailer_campaign_ids: [a.id] }],
    ["common word", { q_keywords: "generators" }],
    ["rare word", { q_keywords: "p77777@c2777.example" }],
    ["prefix", { q_keywords: "quest" }],
    ["md5", { q_keywords: "c4ca4238a0" }],
    ["name", { q_keywords: "person 1234" }],
    ["nothing", { q_keywords: "zzzznothing" }],
    ["address", { email_address: "p5@c5.example" }],
    ["range", { emailer_message_date_range: { min: "2026-01-03", max: "2026-01-05" } }],
    [
      "range completed",
      {
        emailer_message_date_range_mode: "completed_at",
        emailer_message_date_range: { min: "2026-01-03", max: "2026-01-05" },
      },
    ],
    ["by completed asc", { sort_by_field: "completed_at", sort_ascending: true }],
    ["user", { user_ids: [team.owner.id] }],
    ["mailbox", { email_account_id_and_aliases: ["0".repeat(24)] }],
    ["contact", { contact_ids: ["0".repeat(24)] }],
  ];
  for (const [who, api] of [
    ["admin", team.api],
    ["member", member],
  ] as const)
    for (const [name, input] of cases) {
      const times: number[] = [];
      let n = 0;
      for (let i = 0; i < 3; i++) {
        const t = performance.now();
        n = (await api.emailerMessages.search(input as never)).emailer_messages.length;
        times.push(performance.now() - t);
      }
      say(who, name, n, Math.round(times.sort((x, y) => x - y)[1]!), "ms");
    }
});
