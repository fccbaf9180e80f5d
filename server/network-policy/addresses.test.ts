import assert from "node:assert/strict";
import { test } from "node:test";
import { allow } from "../testing/loopback.ts";
import { isLoopback, mayConnect, readAllowEntry } from "./addresses.ts";

const INSIDE =
  `127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255
  169.254.169.254 169.254.1.1 224.0.0.1 239.255.255.255 0.0.0.0 0.1.2.3 255.255.255.255 240.0.0.1 192.0.0.8 192.0.2.1
  198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 :: ::1 fd00::1 fc00::1 fe80::1 fec0::1 ff02::1 ::ffff:127.0.0.1
  ::ffff:10.0.0.1 ::7f00:1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 2002:7f00:1:: 2002:a00:1:: 2001::1 2001:0:7f00::1
  2001:db8::1 100::1 3fff::1 4000::1 not-an-address 127.1 localhost`.split(/\s+/);
const OUTSIDE =
  "8.8.8.8 1.1.1.1 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8".split(" ");

test("only what is plainly a public address is connected to", () => {
  const may = (ip: string) => mayConnect({ host: "name.example", port: 443, ip }, []);
  for (const ip of INSIDE) assert.equal(may(ip), false, ip);
  for (const ip of OUTSIDE) assert.equal(may(ip), true, ip);
});

const judged: [ip: string, allow: string[], allowed: boolean][] = [
  ["93.184.215.14", [], true],
  ["2606:4700::1111", [], true],
  ["127.0.0.1", [], false],
  ["127.0.0.1", ["127.0.0.0/8"], true],
  ["127.0.0.1", ["127.0.0.1"], true],
  ["127.0.0.1", ["127.0.0.1:587"], true],
  ["127.0.0.1", ["127.0.0.1:588"], false],
  ["127.0.0.1", ["mail.internal:587"], true],
  ["127.0.0.1", ["MAIL.internal:587"], true],
  ["127.0.0.1", ["other.internal:587"], false],
  ["10.1.2.3", ["10.1.0.0/16"], true],
  ["10.2.2.3", ["10.1.0.0/16"], false],
  ["fd00::1", ["fd00::/8"], true],
  ["fd00::1", ["[fd00::1]:587"], true],
  ["fd00:ec2::254", ["fd00::/8"], false],
  ["::ffff:10.1.2.3", ["10.1.0.0/16"], true],
  ["::ffff:127.0.0.1", [], false],
  ["100.64.0.1", ["100.64.0.0/10"], true],
  ["100.100.100.200", ["0.0.0.0/0"], false],
  ["168.63.129.16", ["0.0.0.0/0"], false],
  ["169.254.169.254", ["0.0.0.0/0"], false],
  ["169.254.169.254", ["169.254.169.254:587"], false],
  ["fe80::1", ["::/0"], false],
  ["fe80::1%eth0", ["::/0"], false],
  ["0.0.0.0", ["0.0.0.0/0"], false],
  ["::", ["::/0"], false],
  ["224.0.0.1", ["0.0.0.0/0"], false],
  ["255.255.255.255", ["0.0.0.0/0"], false],
  ["::7f00:1", ["::/0"], false],
  ["64:ff9b::a9fe:a9fe", ["::/0"], false],
];
for (const [ip, listed, allowed] of judged)
  test(`${ip} is ${allowed ? "allowed" : "refused"} where the list has ${listed.join(", ") || "nothing"}`, () => {
    const target = { host: "mail.internal", port: 587, ip };
    assert.equal(mayConnect(target, allow(...listed)), allowed);
    assert.equal(mayConnect(target, allow(...listed), { isOurs: true }), false);
  });

test("what is no range, no address and no host with its port cannot be listed", () => {
  const not =
    "nonsense|host:0|host:99999|10.0.0.0/64|:587|a b:80|host:80/path|user@host:80|[mail.internal]:587|";
  for (const text of not.split("|")) assert.equal(readAllowEntry(text), null, text);
});

test("loopback is this machine in any clothes", () => {
  assert.ok(isLoopback("::1") && isLoopback("::ffff:127.0.0.1") && !isLoopback("10.0.0.1"));
});

test("a public address of this machine counts as loopback", () => {
  const target = { host: "own.example", port: 443, ip: "93.184.215.14" };
  assert.equal(mayConnect(target, [], { isOwn: true }), false);
  assert.equal(mayConnect(target, []), true);
  assert.equal(mayConnect(target, allow("127.0.0.0/8"), { isOwn: true }), true);
  assert.equal(mayConnect(target, allow("93.184.215.14"), { isOwn: true }), true);
  assert.equal(mayConnect(target, allow("10.0.0.0/8"), { isOwn: true }), false);
});

test("where only listed addresses are reached, a public one has to be listed too", () => {
  const target = { host: "mail.example", port: 587, ip: "93.184.215.14" };
  assert.equal(mayConnect(target, [], { onlyListed: true }), false);
  assert.equal(mayConnect(target, allow("93.184.215.14"), { onlyListed: true }), true);
  assert.equal(mayConnect(target, allow("127.0.0.0/8"), { onlyListed: true, isOwn: true }), true);
});
