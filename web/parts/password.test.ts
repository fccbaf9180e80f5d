import assert from "node:assert/strict";
import { test } from "node:test";
import { judgePassword } from "./password.ts";

const OLE = ["Ole Dahlberg", "ole@norrland.example"];

const CASES: [password: string, steps: number, isEnough: boolean][] = [
  ["", 0, false],
  ["short", 1, false],
  ["ninechars", 1, false],
  ["aaaaaaaaaaaa", 1, true],
  ["0123456789", 1, true],
  ["zyxwvutsrqp", 1, true],
  ["password123", 1, true],
  ["dahlberg2026", 1, true],
  ["norrland-12", 1, true],
  ["kite lamp 7", 2, true],
  ["kite lamp seven!", 3, true],
  ["a long sentence is a good password", 4, true],
  ["Dahlberg walks the dog at nine", 4, true],
  ["🐟🐠🐡🐙🦀🦐🦑🐚🐬🐳", 2, true],
];

for (const [password, steps, isEnough] of CASES) {
  test(`"${password}" reaches step ${steps}`, () => {
    const judged = judgePassword(password, OLE);
    assert.deepEqual([judged.steps, judged.isEnough], [steps, isEnough], judged.says);
  });
}
