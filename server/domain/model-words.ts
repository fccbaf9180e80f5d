// What went wrong with a language model, said so that somebody can mend it.

const SAYS: Record<string, string> = {
  not_a_url: "The address is no URL.",
  not_http: "The address has to begin with http:// or https://.",
  has_credentials: "The address holds a password. Put the key into its own field.",
  bad_host: "The address names this machine or network. List it in CADENZA_WEBHOOK_ALLOW.",
  bad_port: "That port belongs to another kind of server.",
  private_address: "The address is on a private network. List it in CADENZA_WEBHOOK_ALLOW.",
  name_not_found: "Nobody knows the host's name.",
  connection_failed: "The server could not be reached, or closed the connection.",
  timed_out: "The server did not answer in time. Allow it more time, or take a smaller model.",
  unreadable_answer: "The answer was too large, or no HTTP.",
  key_refused: "The server refused the key.",
  not_found: "The server knows no such address or model. The address usually ends with /v1.",
  too_many: "The server asked for a pause.",
  wants_max_completion_tokens: "This model wants its limit as max_completion_tokens: choose that.",
  not_json: "What came was no JSON, so this is no server of models, or its address is another.",
  wrong_shape: "What came was no chat completion.",
  wrong_role: "The answer was not the assistant's.",
  tool_calls: "It wanted to call tools, and has none.",
  refused: "The model refused to answer.",
  cut_short: "The answer was cut short. Allow more tokens.",
  no_json_inside: "The model did not answer with JSON, as it was told.",
  lost: "The server stopped while it was asked, and nobody knows whether it was answered. Ask again if you like.",
  withheld: "They may not be written to, so nothing about them is sent.",
  class_unknown: "It suggested a class that there is not.",
  empty: "It said nothing.",
  too_long: "What it wrote is too long.",
  too_many_sentences: "It wrote more than two sentences.",
  line_breaks: "What it wrote has more than one line.",
  invisible_characters: "What it wrote has characters that nobody sees.",
  markup: "What it wrote has markup in it.",
  template: "What it wrote reads like a template.",
  link: "What it wrote has a link or an address in it.",
  number: "What it wrote has a long number in it.",
};

export function sayModelError(code: string | null): string | null {
  if (code === null) return null;
  return SAYS[code] ?? `The server answered with ${code.replace("status_", "status ")}.`;
}
