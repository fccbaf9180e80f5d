import { computedOrNull } from "../../../kernel/moments.ts";
import type { CallRow, ChoiceRow } from "./store.ts";

/** With whom it was, and of which account. */
export function presentCall<Contact, Account>(call: CallRow, contact: Contact, account: Account) {
  return {
    id: call.id,
    user_id: call.userId,
    account_id: call.accountId,
    contact_id: call.contactId,
    opportunity_id: call.dealId,
    voice_setting_id: null,
    phone_call_outcome_id: call.outcomeId,
    phone_call_purpose_id: call.purposeId,
    recording_url: call.recordingUrl,
    twilio_call_sid: null,
    call_identifier: call.callIdentifier,
    agent_call_sid: null,
    inbound: call.isInbound,
    from_number: call.fromNumber,
    to_number: call.toNumber,
    start_time: computedOrNull(call.startedAt),
    end_time: computedOrNull(call.endedAt),
    duration: call.duration,
    transcription_too_long: null,
    twilio_recording_sid: null,
    need_recording_upload: false,
    logged: call.isLogged,
    note: call.note,
    note_text: call.note?.replace(/<[^<>]*>/g, "") ?? null,
    status: call.status,
    outreach_task_id: call.taskId,
    salesforce_id: null,
    hubspot_id: null,
    conference_id: null,
    voicemail_dropped: false,
    parallel_dial_item_id: null,
    transcribed: false,
    transcribing: false,
    transcription_progress: null,
    contact,
    account,
  };
}

export function presentChoice({ id, name, position }: ChoiceRow) {
  return { id, name, display_order: position };
}
