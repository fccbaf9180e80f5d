// What a click on a phone number opens: the telephone of the machine, a SIP program, or a phone in the browser.

export const NUMBER_PLACE = "{number}";

const SCHEMES = ["tel:", "sip:", "sips:", "callto:", "https:"];

export function isDialLink(text: string) {
  if (!text.includes(NUMBER_PLACE)) return false;
  const url = URL.parse(text.replaceAll(NUMBER_PLACE, "4712345678"));
  return url !== null && SCHEMES.includes(url.protocol) && url.username === "" && url.password === "";
}
