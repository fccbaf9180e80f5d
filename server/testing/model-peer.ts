// A server of models on loopback, in the words of OpenAI's chat completions: it says what a test tells it.

import type { Input } from "@cadenza/sdk";
import { type Answering, json, openProvider, type ProviderPeer } from "./provider-peer.ts";
import type { Team } from "./world.ts";

type ModelPeer = ProviderPeer;

type Rest = { message?: object; choice?: object; answer?: object };

/** A chat completion whose message holds this, as JSON unless it is text already. */
export function completion(content: unknown, { message = {}, choice = {}, answer = {} }: Rest = {}) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_770_000_000,
    model: "small-1",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text, refusal: null, ...message },
        logprobs: null,
        finish_reason: "stop",
        ...choice,
      },
    ],
    usage: { prompt_tokens: 210, completion_tokens: 25, total_tokens: 235 },
    ...answer,
  };
}

export function says(content: unknown, rest: Rest = {}): Answering {
  return json(completion(content, rest));
}

export async function openModel(
  answer: Answering = says({ opener: "Keeping turbines turning is no small thing." }),
) {
  const peer = await openProvider(answer);
  return Object.assign(peer, { url: `${peer.url}/v1` });
}

export async function connectModel(
  { api }: Team,
  peer: Pick<ModelPeer, "url">,
  rest: Partial<Input<"languageModel", "save">> = {},
) {
  const wish = { base_url: peer.url, model: "small-1", model_key: "sk-secret", ...rest };
  return (await api.languageModel.save(wish)).language_model;
}

/** What it was told first, by all or in one role. */
export function toldTo(peer: Pick<ModelPeer, "asked">, role?: "system" | "user") {
  const body = peer.asked[0]?.body as { messages: { role: string; content: string }[] } | undefined;
  const messages = (body?.messages ?? []).filter((message) => !role || message.role === role);
  return messages.map(({ content }) => content).join("\n");
}
