import assert from "node:assert/strict";
import { test } from "node:test";
import { profileLink, searchLink } from "./profile-link.ts";

test("only an address of LinkedIn is opened, and it is shown where it leads", () => {
  assert.deepEqual(profileLink("linkedin.com/in/ines"), {
    href: "https://linkedin.com/in/ines",
    shown: "linkedin.com/in/ines",
  });
  assert.equal(profileLink("http://se.linkedin.com/in/ines").href, "http://se.linkedin.com/in/ines");
  for (const elsewhere of [
    "javascript:alert(1)",
    "https://linkedin.com.evil.example/in/ines",
    "https://linkedin.com@evil.example/",
    "https://evil.example/linkedin.com",
    "data:text/html,x",
    "//evil.example",
    "ask her",
  ])
    assert.equal(profileLink(elsewhere).href, null, elsewhere);
});

test("LinkedIn is searched by name and company, whatever signs they have", () => {
  assert.equal(
    searchLink({ name: "Ines Okafor", organization_name: "Öl & Gas" }),
    "https://www.linkedin.com/search/results/people/?keywords=Ines+Okafor+%C3%96l+%26+Gas",
  );
  assert.match(searchLink({ name: "Ines", organization_name: null }), /keywords=Ines$/);
});
