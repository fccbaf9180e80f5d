// The conversations of the parity report: a meeting with everything in it, and a short call with a failure.

import type { Team } from "../world.ts";

type About = { account: string; contact: string; deal: string; host: string };

export async function plantConversations({ api }: Team, { account, contact, deal, host }: About) {
  const meeting = await api.conversations.create({
    source: "zoom",
    external_id: "zoom-1",
    topic: "Boiler retrofit",
    start_time: "2026-02-03T09:00:00Z",
    duration: 1860,
    host,
    account_id: account,
    opportunity_ids: [deal],
    participants: [{ email: host }, { contact_id: contact }],
    tag_names: ["Demo"],
    video_url: "https://recordings.example/1.mp4",
    audio_url: "https://recordings.example/1.mp3",
    thumbnail_url: "https://recordings.example/1.png",
    transcript: [{ speaker: host, start_time: 1, end_time: 2, text: "Hello" }],
  });
  const conversation = meeting.conversation.id;
  await api.notes.create({ content: "Send the offer", conversation_id: conversation, contact_id: contact });
  const failed = await api.conversations.create({
    topic: "A call",
    conversation_type: "phone_call",
    start_time: "2026-02-04T09:00:00Z",
    duration: 20,
    participants: [{ name: "Somebody" }],
    failure_code: "no_audio",
  });
  const exported = await api.conversations.export({
    start_time: "2026-02-01",
    end_time: "2026-03-01",
    email: host,
  });
  return {
    conversation,
    failedConversation: failed.conversation.id,
    conversationTag: meeting.conversation.label_id_names[0]?.id ?? "",
    conversationExport: exported.export_id,
  };
}
