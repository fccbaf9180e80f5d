// Question marks of all scripts: Chinese and Japanese type a wide one, Greek a semicolon, Arabic its own.

const ENDS = /(?:[?？\u037e\u061f]|\p{sc=Greek};)\s*$/u;
const HOLDS = /[?？\u037e\u061f]|\p{sc=Greek};(?!\S)/u;
const WHOLE = /[^.!?。！？\n]{3,200}(?:[?？\u037e\u061f]|\p{sc=Greek};(?!\S))/u;

export const endsAsQuestion = (text: string) => ENDS.test(text);
export const holdsQuestion = (text: string) => HOLDS.test(text);

/** The first one, from its beginning. */
export const questionIn = (text: string) => WHOLE.exec(text)?.[0].trim() ?? null;
