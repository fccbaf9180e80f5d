// How good a password is, said calmly. Length is what counts; the only other things worth a word are
// what a guesser would try first: the person's own name, one key held down, a row of the keyboard.

import { t } from "../language/t.ts";

const LEAST = 10;
const FIRST_TRIED =
  /^(?:password|passwort|letmein|welcome|qwerty|azerty|qwertz|abc|12345|iloveyou|cadenza|admin)/i;
const ROWS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm"];

type PasswordStrength = { steps: 0 | 1 | 2 | 3 | 4; says: string; isEnough: boolean };

export function judgePassword(password: string, about: readonly string[] = []): PasswordStrength {
  const length = [...password].length;
  if (length === 0)
    return {
      steps: 0,
      says: t("At least {LEAST} characters. A short sentence works well.", { LEAST }),
      isEnough: false,
    };
  if (length < LEAST)
    return {
      steps: 1,
      says: t("{LEAST} more characters needed. A short sentence works well.", { LEAST: LEAST - length }),
      isEnough: false,
    };
  if (isGuessable(password, about))
    return { steps: 1, says: t("Long enough, but easy to guess."), isEnough: true };
  if (length < 14)
    return { steps: 2, says: t("OK. A few more characters make it stronger."), isEnough: true };
  if (length < 20) return { steps: 3, says: t("Good."), isEnough: true };
  return { steps: 4, says: t("Strong."), isEnough: true };
}

function isGuessable(password: string, about: readonly string[]) {
  const text = password.toLowerCase();
  const own = about
    .flatMap((name) => name.toLowerCase().split(/[\s@.]+/))
    .filter((word) => word.length > 3)
    .some((word) => text.includes(word) && text.length - word.length < 8);
  const isMonotonous = new Set(text).size < 5;
  return own || isMonotonous || (FIRST_TRIED.test(text) && text.length < 16) || isKeyboardRow(text);
}

function isKeyboardRow(text: string) {
  return ROWS.some((row) => (row + row).includes(text) || [...row, ...row].reverse().join("").includes(text));
}
