// The words and numbers of a text, of which days are made.

export type Token = { text: string; at: number; end: number; month: number | null; number: number | null };

export const isDay = (token: Token | undefined) =>
  token !== undefined && token.number !== null && token.number >= 1 && token.number <= 31;

export const gap = (text: string, from: Token, to: Token) => text.slice(from.end, to.at);
