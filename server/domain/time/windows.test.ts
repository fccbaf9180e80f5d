import assert from "node:assert/strict";
import { test } from "node:test";
import { printWindows, readWindows } from "./windows.ts";

const monday = (startsAt: number, endsAt: number) => ({ weekday: 1, startsAt, endsAt });

test("windows are read in every spelling", () => {
  const cases: [Record<string, unknown>, unknown[]][] = [
    [{ monday: [[8, 17]] }, [monday(480, 1020)]],
    [{ Monday: [["8", "17"]] }, [monday(480, 1020)]],
    [{ monday: [[8.5, 17.75]] }, [monday(510, 1065)]],
    [{ monday: [["08:30", "17:45"]] }, [monday(510, 1065)]],
    [{ monday: [["8:05", 24]] }, [monday(485, 1440)]],
    [{ monday: [8, 17] }, [monday(480, 1020)]],
    [{ monday: { 0: { 0: "8", 1: "17" } } }, [monday(480, 1020)]],
    [{ monday: { 0: ["8", "17"] } }, [monday(480, 1020)]],
    [{ monday: [[8.333333, 17]] }, [monday(500, 1020)]],
    [
      {
        monday: [
          [13, 15],
          [9, 13],
        ],
      },
      [monday(540, 780), monday(780, 900)],
    ],
    [{ monday: [[0, 24]], sunday: [] }, [monday(0, 1440)]],
    [{ sunday: [[1, 2]], monday: null }, [{ weekday: 7, startsAt: 60, endsAt: 120 }]],
    [{}, []],
  ];
  for (const [hash, windows] of cases)
    assert.deepEqual(readWindows(hash), { windows, fault: null }, JSON.stringify(hash));
});

test("what is no window is refused, with the reason", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ funday: [[8, 17]] }, /unknown weekday: funday/],
    [{ monday: [[22, 6]] }, /ends before it starts/],
    [{ monday: [[22, 0]] }, /ends before it starts/],
    [{ monday: [[8, 8]] }, /ends before it starts/],
    [{ monday: [[8, 25]] }, /invalid window/],
    [{ monday: [[-1, 8]] }, /invalid window/],
    [{ monday: [["8:60", 17]] }, /invalid window/],
    [{ monday: [[8.5001, 17]] }, /invalid window/],
    [{ monday: [[8]] }, /invalid window/],
    [{ monday: [[8, 12, 17]] }, /invalid window/],
    [{ monday: "always" }, /invalid window/],
    [{ monday: 8 }, /invalid window/],
    [{ monday: [[8, Number.NaN]] }, /invalid window/],
    [
      {
        monday: [
          [8, 12],
          [11, 17],
        ],
      },
      /overlap/,
    ],
  ];
  for (const [hash, fault] of cases) {
    const read = readWindows(hash);
    assert.match(read.fault ?? "", fault, JSON.stringify(hash));
  }
});

test("what is printed is read back as it was, for every minute of the day", () => {
  for (let minute = 0; minute < 1440; minute++) {
    const windows = [monday(minute, 1440)];
    assert.deepEqual(readWindows(printWindows(windows)).windows, windows);
  }
  assert.deepEqual(printWindows([monday(480, 1020), monday(1050, 1080)]), {
    monday: [
      [8, 17],
      [17.5, 18],
    ],
  });
});
