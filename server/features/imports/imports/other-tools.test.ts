// Files as other tools export them: no row is skipped for that tool's own ids, and contacts who opted out there get
// no mail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn } from "../../../testing/imported.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

/** The columns that each tool's export begins with or is known by, one person who may be mailed, and those who may not. */
const FILES: Record<string, { header: string; rows: string[]; outs: number }> = {
  HubSpot: {
    header:
      "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Marketing contact status,Create Date," +
      "Associated Company,Unsubscribed from all email,Opted out of email: Marketing Information",
    rows: [
      "51,Ann,In,ann@hub.example,,,,Marketing contact,2024-01-01 10:00,Hub AS,,",
      "52,Bo,Out,bo@hub.example,,,,Marketing contact,2024-01-01 10:00,Hub AS,true,",
      "53,Cy,Out,cy@hub.example,,,,Non-marketing contact,2024-01-01 10:00,Hub AS,false,Opted Out",
    ],
    outs: 2,
  },
  Salesloft: {
    header:
      "Id,First Name,Last Name,Title,Email Address,Secondary Email Address,Phone,Mobile Phone,LinkedIn URL,City,State,Country," +
      "Person Company Name,Person Company Website,Person Stage,Owner,Do Not Contact,Contact Restrictions,Eu Resident,Tags",
    rows: [
      "900001,Ann,In,CEO,ann@loft.example,,,,,Oslo,,Norway,Loft AS,loft.example,,,false,,true,",
      "900002,Bo,Out,CFO,bo@loft.example,,,,,Oslo,,Norway,Loft AS,loft.example,,,true,,true,",
      "900003,Cy,Out,CFO,cy@loft.example,,,,,Oslo,,Norway,Loft AS,loft.example,,,false,email,true,",
      "900004,Di,Out,CFO,di@loft.example,,,,,Oslo,,Norway,Loft AS,loft.example,Do Not Contact,,,,true,",
    ],
    outs: 3,
  },
  Outreach: {
    header:
      "Id,First Name,Last Name,Email,Company,Title,Stage,Owner,Tags,Email Opted Out,Emails Opted Out At,Call Opted Out",
    rows: [
      "41,Ann,In,ann@reach.example,Reach AS,CEO,,,,false,,false",
      "42,Bo,Out,bo@reach.example,Reach AS,CEO,,,,true,2024-05-01T10:00:00Z,false",
      "43,Cy,Out,cy@reach.example,Reach AS,CEO,,,,,2024-05-01T10:00:00Z,",
    ],
    outs: 2,
  },
  Salesforce: {
    header:
      "Contact ID,Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province," +
      "Mailing Country,Phone,Mobile,Fax,Email,Contact Owner,HasOptedOutOfEmail,HasOptedOutOfFax,DoNotCall",
    rows: [
      "0031t00000AbCdEAAV,Ms.,Ann,In,CEO,Force AS,,Oslo,,Norway,,,,ann@force.example,,0,1,0",
      "0031t00000AbCdFAAV,Mr.,Bo,Out,CFO,Force AS,,Oslo,,Norway,,,,bo@force.example,,1,0,0",
    ],
    outs: 1,
  },
  Pipedrive: {
    header:
      "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Owner,Person - Marketing status",
    rows: [
      "7,Ann In,Pipe AS,ann@pipe.example,,Kim Lee,Subscribed",
      "8,Bo Out,Pipe AS,bo@pipe.example,,Kim Lee,Unsubscribed",
      "9,Cy Out,Pipe AS,cy@pipe.example,,Kim Lee,No consent",
    ],
    outs: 2,
  },
  Mailchimp: {
    header:
      '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,' +
      "DSTOFF,TIMEZONE,CC,REGION,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LAST_CHANGED,LEID,EUID,NOTES,TAGS",
    rows: [
      "ann@chimp.example,Ann,In,2,,,2023-01-01 10:00:00,,,,,,,,,,,,,,2023-01-01 10:00:00,1,aa1,,",
      "bo@chimp.example,Bo,Out,2,,,2023-01-01 10:00:00,,,,,,,,,2023-06-01 10:00:00,June,77,NORMAL,,2023-06-01 10:00:00,2,aa2,,",
    ],
    outs: 1,
  },
  Smartlead: {
    header:
      "id,campaign_lead_map_id,status,category,is_interested,created_at,first_name,last_name,email,phone_number,company_name,website," +
      "location,custom_fields,linkedin_profile,company_url,is_unsubscribed,unsubscribed_client_id_map,last_email_sequence_sent,open_count,click_count,reply_count",
    rows: [
      "1,11,COMPLETED,,,2025-01-15T10:00:00Z,Ann,In,ann@smart.example,,Smart AS,smart.example,Oslo,{},,,false,{},2,0,0,0",
      "2,12,COMPLETED,,,2025-01-15T10:00:00Z,Bo,Out,bo@smart.example,,Smart AS,smart.example,Oslo,{},,,true,{},2,0,0,0",
      "3,13,STOPPED,Do Not Contact,false,2025-01-15T10:00:00Z,Cy,Out,cy@smart.example,,Smart AS,smart.example,Oslo,{},,,false,{},2,0,0,1",
      "4,14,UNSUBSCRIBED,,,2025-01-15T10:00:00Z,Di,Out,di@smart.example,,Smart AS,smart.example,Oslo,{},,,false,{},2,0,0,0",
    ],
    outs: 3,
  },
  lemlist: {
    header:
      "_id,email,firstName,lastName,companyName,phone,linkedinUrl,picture,icebreaker,emailStatus,state,lastState,unsubscribed,unsubscribedAt",
    rows: [
      "lea_1,ann@lem.example,Ann,In,Lem AS,,,,,deliverable,contacted,emailsSent,,",
      "lea_2,bo@lem.example,Bo,Out,Lem AS,,,,,deliverable,unsubscribed,emailsUnsubscribed,,",
      "lea_3,cy@lem.example,Cy,Out,Lem AS,,,,,deliverable,contacted,emailsSent,true,2025-03-01T09:00:00Z",
    ],
    outs: 2,
  },
  // Not published: named after the fields of its API.
  Instantly: {
    header:
      "Email,First Name,Last Name,Company Name,Lead Status,Interest Status,Verification Status,Status Summary",
    rows: [
      "ann@instant.example,Ann,In,Instant AS,Completed,Interested,Verified,",
      "bo@instant.example,Bo,Out,Instant AS,Unsubscribed,,Verified,",
    ],
    outs: 1,
  },
  Apollo: {
    header:
      "First Name,Last Name,Title,Company Name,Email,Email Status,Primary Email Catch-all Status,Seniority,Departments,Contact Owner," +
      "Work Direct Phone,Home Phone,Mobile Phone,Corporate Phone,Other Phone,Do Not Call,Stage,Lists,# Employees,Industry," +
      "Person Linkedin Url,Website,City,State,Country,Email Sent,Email Bounced,Apollo Contact Id,Apollo Account Id",
    rows: [
      "Ann,In,CEO,Pollo AS,ann@pollo.example,Verified,,C suite,,,,,,,,,Cold,,12,power,,https://pollo.example,Oslo,,Norway,,,64f0aa0000000000000000d1,",
      "Bo,Out,CFO,Pollo AS,bo@pollo.example,Verified,,C suite,,,,,,,,,Do Not Contact,,12,power,,https://pollo.example,Oslo,,Norway,,,64f0aa0000000000000000d2,",
    ],
    outs: 1,
  },
};

for (const [tool, { header, rows: lines, outs }] of Object.entries(FILES))
  test(`an export of ${tool} comes in whole, and who opted out there does not join a sequence here`, async () => {
    const team = await world.newTeam();
    const mailbox = await newMailbox(team);
    const sequence = await newSequence(team);
    const { found, rows } = await bringIn(team, [header, ...lines, ""].join("\n"), {
      add_to_sequence: {
        id: sequence.id,
        send_email_from_email_account_id: [mailbox.id],
        sequence_unverified_email: true,
        sequence_same_company_in_same_campaign: true,
      },
    });
    assert.deepEqual([found.created, found.skipped], [lines.length, 0], JSON.stringify(found.codes));
    assert.deepEqual(
      rows.map(({ name, enrollment }) => [name, enrollment]),
      rows.map(({ name }) => [name, name?.endsWith("Out") ? "not_enrolled" : "enrolled"]),
    );
    assert.equal(found.not_enrolled, outs);
    const claims = await asOwner(world, async (client) => {
      const sql = "select distinct digest, source, source_id from address_claims where team_id = $1";
      return (await client.query(sql, [team.id])).rows;
    });
    assert.deepEqual(
      [claims.length, [...new Set(claims.map(({ source, source_id: id }) => `${source} ${id}`))]],
      [outs, [`import ${found.id}`]],
    );
  });

test("the ids of other tools are kept as such where they are known, and else left out with a word", async () => {
  const team = await world.newTeam();
  for (const [tool, key, value] of [
    ["HubSpot", "hubspot_vid", "51"],
    ["Salesforce", "salesforce_contact_id", "0031t00000AbCdEAAV"],
  ] as const) {
    const { header, rows: lines } = FILES[tool] as (typeof FILES)[string];
    const { rows } = await bringIn(team, [header, lines[0], ""].join("\n"));
    const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
    assert.equal(contact[key], value);
  }
  const { rows } = await bringIn(
    team,
    "Id,Email\n77,new@x.example\n64f0aa0000000000000000d1,other@x.example\n",
    {
      mapping: { Id: "id" },
    },
  );
  assert.deepEqual(
    rows.map(({ verdict, left_out }) => [verdict, left_out]),
    [
      ["created", { id: "is not a valid id" }],
      ["created", { id: "is not the id of a person in the people database" }],
    ],
  );
});

test("a column that looks like an opt-out and goes nowhere stops the import until it is said where it goes", async () => {
  const team = await world.newTeam();
  const text = "Email,Remark\na@x.example,met at the fair\nb@x.example,do not contact\n";
  await assert.rejects(team.api.imports.create({ text }), { code: "import_opt_out_unheard" });
  const { preview } = await team.api.imports.preview({ text });
  assert.deepEqual(
    preview.columns.map(({ must_be_mapped }) => must_be_mapped),
    [false, true],
  );
  assert.match(preview.warnings.join(), /Remark looks like an opt-out/);
  const out = await bringIn(team, text, { mapping: { Remark: null } });
  assert.equal(out.found.created, 2);
  const consent = "Email,Newsletter opt-in\nc@x.example,yes\nd@x.example,no\n";
  await assert.rejects(team.api.imports.create({ text: consent }), { code: "import_opt_out_unheard" });
  const { rows } = await bringIn(team, consent, { mapping: { "Newsletter opt-in": "email_unsubscribed" } });
  const marks = [];
  for (const { contact_id } of rows)
    marks.push((await team.api.contacts.get({ id: contact_id ?? "" })).contact.email_unsubscribed);
  assert.deepEqual(marks, [null, true]);
  for (const kind of ["people", "accounts"] as const)
    await assert.rejects(
      team.api.imports.create({ kind, text: "Name,Domain,Do Not Contact\nNorrland,norrland.example,yes\n" }),
      { code: "import_opt_out_unkept" },
    );
});

test("what is neither yes nor no under an opt-out is taken for a yes, and the row says so", async () => {
  const team = await world.newTeam();
  const { rows } = await bringIn(team, "Email,Do Not Contact\na@x.example,left the company\n");
  assert.match(rows[0]?.left_out.do_not_contact ?? "", /read as yes/);
  const { contact } = await team.api.contacts.get({ id: rows[0]?.contact_id ?? "" });
  assert.equal((contact as { do_not_contact?: boolean }).do_not_contact, true);
});
