import { describe, expect, test } from "@jest/globals";
import { globs, globsAnyCase } from "../../src/facts/fact.ts";

const CASES: readonly (readonly [glob: string, matched: readonly string[], others: readonly string[]])[] = [
  ["**/uv.lock", ["uv.lock", "a/b/uv.lock"], ["a/uv.locks", "auv.lock"]],
  [".gitlab/*.{yml,yaml}", [".gitlab/ci.yml", ".gitlab/ci.yaml"], [".gitlab/ci.json", ".gitlab/a/ci.yml"]],
  ["{,*/}{Jenkinsfile,Jenkinsfile.*}", ["Jenkinsfile", "ci/Jenkinsfile.prod"], ["ci/Jenkins", "a/b/Jenkinsfile"]],
  ["**/asv.conf.json{,c}", ["asv.conf.json", "a/asv.conf.jsonc"], ["asv.conf.jsond"]],
  ["**/part-{1..3}", ["part-2", "a/part-3"], ["part-4"]],
  ["**/k6/**", ["k6/a/b.js"], ["k7/a"]],
  ["a/{b,c}", ["a/b", "a/c", "a/{b,c}"], ["a/d", "a/}"]],
  ["!**/*.py", ["a.md"], ["a.py"]],
  ["a\\{b,c}", ["a{b,c}"], ["ab", "ac"]],
];

describe("globs", () => {
  test.each(CASES)("%s", (glob, matched, others) => {
    expect([...matched, ...others].filter(globs(glob))).toEqual(matched);
  });

  test("match what any of several does", () => {
    expect(["a.tf", "x/b.yml", "c.py"].filter(globs("**/*.tf", "**/*.{yml,yaml}"))).toEqual(["a.tf", "x/b.yml"]);
  });

  test("heed the case of letters unless they are told not to", () => {
    expect(["Makefile", "MAKEFILE"].filter(globs("Makefile"))).toEqual(["Makefile"]);
    expect(["Makefile", "MAKEFILE"].filter(globsAnyCase("Makefile"))).toEqual(["Makefile", "MAKEFILE"]);
    expect(["a.TF", "a.tf", "a.tg"].filter(globsAnyCase("**/*.{tf,tofu}"))).toEqual(["a.TF", "a.tf"]);
  });
});
