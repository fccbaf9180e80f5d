import type { Example } from "../endpoint.ts";

const note = {
  id: "64f0aa00000000000000000e",
  user_id: "64f0aa000000000000000002",
  content: "Wants to hear from us after the summer.",
  created_at: "2026-02-03T08:00:00.000Z",
  updated_at: "2026-02-03T08:00:00.000Z",
  contact_id: "64f0aa0000000000000000c1",
  account_id: null,
  opportunity_id: null,
  conversation_id: null,
  contact_ids: ["64f0aa0000000000000000c1"],
  account_ids: [],
  opportunity_ids: [],
  calendar_event_ids: [],
  conversation_ids: [],
  pinned_to_top: false,
  system: false,
  is_org_chart_note: false,
  crm_notes: [],
};

export const notes: Record<string, readonly Example[]> = {
  "notes.list": [
    { title: "The notes about a contact", input: { contact_id: note.contact_id }, answer: { notes: [note] } },
  ],
  "notes.create": [
    {
      title: "A note about a contact",
      input: { contact_id: note.contact_id, content: note.content },
      answer: { note },
    },
  ],
};
