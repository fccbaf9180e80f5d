// What went wrong with a language model, in words that help an admin to fix it.

import { say, texts } from "../../kernel/say.ts";

const SAYS: Record<string, string> = texts({
  not_a_url: "This is not a URL.",
  not_http: "The URL must start with http:// or https://.",
  has_credentials: "The URL contains a password. Enter the key in its own field.",
  bad_host: "The URL points to this machine or network. To allow it, list it in CADENZA_WEBHOOK_ALLOW.",
  bad_port: "The port in the URL is reserved for another kind of server.",
  private_address: "The URL points to a private network. To allow it, list it in CADENZA_WEBHOOK_ALLOW.",
  name_not_found: "The host name was not found in DNS.",
  connection_failed: "The server could not be reached, or closed the connection.",
  timed_out: "The server did not answer in time. Allow more time, or choose a smaller model.",
  unreadable_answer: "The answer was too large, or it was not HTTP.",
  key_refused: "The server rejected the key.",
  not_found: "The server does not know this URL or model. The URL usually ends with /v1.",
  too_many: "The server asked Cadenza to wait (rate limit).",
  wants_max_completion_tokens: "This model needs its limit as max_completion_tokens. Choose that setting.",
  not_json: "The answer was not JSON. Check that the URL is that of a language model server.",
  wrong_shape: "The answer was not a chat completion.",
  wrong_role: "The answer did not come from the assistant role.",
  tool_calls: "The model tried to call tools, but it has none.",
  refused: "The model refused to answer.",
  cut_short: "The answer was cut off. Allow more tokens.",
  no_json_inside: "The model did not answer in JSON as requested.",
  lost: "The server was stopped during the request, so the answer is unknown. You can ask again.",
  withheld: "The contact must not be contacted, so no data about the contact is sent to the model.",
  class_unknown: "The model suggested a class that does not exist.",
  empty: "The model gave an empty answer.",
  too_long: "The text is too long.",
  too_many_sentences: "The text has more than two sentences.",
  line_breaks: "The text has more than one line.",
  invisible_characters: "The text contains invisible characters.",
  markup: "The text contains markup.",
  template: "The text looks like a template.",
  link: "The text contains a link or an address.",
  number: "The text contains a long number.",
});

export function sayModelError(code: string | null): string | null {
  if (code === null) return null;
  return SAYS[code] ?? say("The server answered with {code}.", { code: code.replace("status_", "status ") });
}
