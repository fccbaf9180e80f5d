// What a call says of a conversation, in our words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { readTranscript, type SpokenLine } from "../../../domain/work/transcripts.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { ConversationWish } from "./commands.ts";

type Said = Omit<z.output<typeof contract.conversations.update.input>, "id">;

const MOST_LINES = 20_000;

export function conversationWish(said: Said): ConversationWish {
  return {
    topic: said.topic,
    type: said.conversation_type,
    startedAt: said.start_time ? readMoment(said.start_time) : undefined,
    endedAt: said.end_time ? readMoment(said.end_time) : undefined,
    duration: said.duration,
    hostId: said.host_id,
    // Who is named by id is named.
    host: said.host_id ? undefined : said.host,
    isPrivate: said.is_private,
    accountId: said.account_id,
    dealIds: said.opportunity_ids,
    tagNames: said.tag_names,
    videoUrl: said.video_url,
    audioUrl: said.audio_url,
    thumbnailUrl: said.thumbnail_url,
    failureCode: said.failure_code,
    participants: said.participants?.map((one) => ({
      name: one.name?.trim() || null,
      email: one.email ?? null,
      userId: one.user_id ?? null,
      contactId: one.contact_id ?? null,
    })),
    lines: linesFrom(said),
  };
}

function linesFrom({ transcript, transcript_file: file }: Said): SpokenLine[] | undefined {
  if (transcript && file !== undefined) throw new Refusal("transcript_given_twice");
  if (file === undefined)
    return transcript?.map((line) => ({
      speaker: line.speaker ?? null,
      start: line.start_time ?? null,
      end: line.end_time ?? null,
      text: line.text,
    }));
  const lines = readTranscript(file);
  if (lines.length === 0) throw new Refusal("transcript_unreadable");
  if (lines.length > MOST_LINES)
    throw new Refusal("transcript_too_long", { count: lines.length, most: MOST_LINES });
  return lines;
}
