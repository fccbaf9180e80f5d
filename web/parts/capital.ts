/** Words as they begin a line: sources write industries and ranks in small letters. */
export function capital(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
