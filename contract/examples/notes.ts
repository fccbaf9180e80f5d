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
  mentioned_user_ids: [],
  pinned_to_top: false,
  system: false,
  is_org_chart_note: false,
  crm_notes: [],
};

const mention = {
  note: { ...note, mentioned_user_ids: ["64f0aa000000000000000003"] },
  mentioned_by_user_id: note.user_id,
  mentioned_at: note.created_at,
  seen_at: null,
  about: [{ type: "contact", id: note.contact_id, name: "Ines Okafor" }],
};

export const notes: Record<string, readonly Example[]> = {
  "notes.list": [
    {
      isShownElsewhere: true,
      title: "The notes of a contact",
      input: { contact_id: note.contact_id },
      answer: { notes: [note] },
    },
  ],
  "notes.search": [
    {
      title: "Notes that contain a word",
      input: { q_keywords: "summer" },
      answer: {
        notes: [{ ...note, system: null }],
        breadcrumbs: [
          {
            label: "Contains Keywords",
            signal_field_name: "q_keywords",
            value: "summer",
            display_name: "summer",
          },
        ],
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
  "activities.search": [
    {
      title: "The timeline of a contact",
      input: { contact_ids: [note.contact_id] },
      answer: {
        activities: [
          {
            id: note.id,
            kind: "note",
            at: note.created_at,
            created_at: note.created_at,
            type: "note",
            sentence: "Note added",
            user_id: note.user_id,
            contact_id: note.contact_id,
            data: { content: note.content },
          },
        ],
        breadcrumbs: [
          {
            label: "Contact",
            signal_field_name: "contact_ids",
            value: note.contact_id,
            display_name: note.contact_id,
          },
        ],
        partial_results_only: false,
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
  "calendarEvents.search": [
    {
      title: "Always empty",
      input: {},
      answer: {
        calendar_events: [],
        breadcrumbs: [],
        pagination: { page: 1, per_page: 25, total_entries: 0, total_pages: 0 },
      },
    },
  ],
  "notes.create": [
    {
      title: "A note about a contact",
      isShownElsewhere: true,
      input: { contact_id: note.contact_id, content: note.content },
      answer: { note },
    },
  ],
  "notes.mentions": [
    {
      title: "Mentions that you have not seen",
      isShownElsewhere: true,
      input: { unseen: true },
      answer: {
        mentions: [mention],
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
  "notes.see": [
    {
      title: "Seen",
      isShownElsewhere: true,
      input: { id: note.id },
      answer: { mention: { ...mention, seen_at: "2026-02-03T09:00:00.000Z" } },
    },
  ],
};
