import type { Example } from "../endpoint.ts";

const listed = {
  id: "64f0aa0000000000000000cc",
  topic: "Kraft: boiler retrofit",
  start_time: "2026-02-03T09:00:00.000Z",
  duration: 1860,
  state: "completed",
  host: "Ole Berg",
  host_id: "64f0aa000000000000000002",
  is_private: false,
  conversation_type: "video_conference",
  comment_count: 1,
  account_ids: ["64f0aa0000000000000000ac"],
  external_id: "zoom-8213",
  source: "zoom",
};

const ines = {
  name: "Ines Okafor",
  email: "ines@kraft.example",
  user_id: null,
  contact_id: "64f0aa0000000000000000c1",
};
const ole = {
  name: "Ole Berg",
  email: "ole@norrland.example",
  user_id: "64f0aa000000000000000002",
  contact_id: null,
};
const tag = { id: "64f0aa0000000000000000a9", name: "Demo" };

const conversation = {
  ...listed,
  pushed_to_crm: false,
  label_id_names: [tag],
  is_shared_conversation: false,
  opportunity_ids: [],
  failure_code: null,
  bot_call_ended_reason: null,
  is_clip: false,
  video_recording: {
    type_cd: "link",
    url: "https://recordings.example/zoom-8213.mp4",
    state_cd: "available",
  },
  audio_recording: null,
  transcript: [
    {
      speaker: "Ines Okafor",
      user_id: null,
      contact_id: ines.contact_id,
      start_time: 1.5,
      end_time: 4,
      text: "The boiler has to go before the summer.",
    },
  ],
  participants: { internal: [ole], external: { Kraft: [ines] } },
  opportunities: [],
  playlist_clip_ids: [],
};

const link = "https://cadenza.example/api/v1/conversations/export/64f0aa0000000000000000ce/file";

export const conversations: Record<string, readonly Example[]> = {
  "conversations.create": [
    {
      title: "A meeting, as a program reports it when it has recorded one",
      isShownElsewhere: true,
      input: {
        source: "zoom",
        external_id: listed.external_id,
        topic: listed.topic,
        start_time: listed.start_time,
        duration: listed.duration,
        host: ole.email,
        participants: [{ email: ole.email }, { email: ines.email }],
        tag_names: [tag.name],
        video_url: conversation.video_recording.url,
        transcript: [
          { speaker: ines.email, start_time: 1.5, end_time: 4, text: conversation.transcript[0]?.text },
        ],
      },
      answer: { conversation: { ...conversation, comment_count: 0 } },
    },
  ],
  "conversations.search": [
    {
      title: "Conversations with a contact",
      isShownElsewhere: true,
      input: { contact_ids: [ines.contact_id], date_range: { start: "2026-02-01" } },
      answer: {
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
        breadcrumbs: {},
        num_fetch_result: 25,
        playlist_clip_ids: [],
        conversations: [
          {
            ...listed,
            can_access_conversation: true,
            label_id_names: { [tag.id]: tag.name },
            participant_names: [ole.name, ines.name],
            account_names: ["Kraft"],
            organization: { domain: "kraft.example", logo_url: null },
            participants_info: [ole, ines],
            thumbnail_url: null,
            is_internal: false,
            deals: [],
          },
        ],
      },
    },
  ],
  "conversations.show": [
    { title: "A conversation", input: { id: listed.id }, answer: conversation, isShownElsewhere: true },
  ],
  "conversations.export": [
    {
      title: "All of February",
      input: { start_time: "2026-02-01", end_time: "2026-03-01", email: ole.email },
      answer: { export_url: link, export_id: "64f0aa0000000000000000ce" },
    },
  ],
};
