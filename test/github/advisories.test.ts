import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { inAddresses, readAdvisories } from "../../src/github/advisories.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { sandboxClient } from "../support/sandbox-client.ts";

let sandbox: Sandbox;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  const repository = sandbox.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
  await sandbox.install([repository]);
  token = await sandboxClient(sandbox).tokenFor(repository);
  sandbox.state.advisories.push(
    { id: "GHSA-1", cve: "CVE-1", name: "Jinja2", severity: "high", range: "< 2.11.3", fixedIn: "2.11.3" },
    { id: "GHSA-2", name: "jinja2", severity: "medium", range: "< 2", withdrawn: true },
    { id: "MAL-3", name: "reqests", severity: "critical", range: ">= 0", type: "malware" },
    ...Array.from({ length: 230 }, (_, at) => ({
      id: `GHSA-many-${at}`,
      name: "tensorflow",
      severity: "low",
      range: `= 1.${at}`,
    })),
  );
});
afterAll(() => sandbox?.close());

const read = (...versions: readonly (readonly [name: string, version: string])[]) => {
  const credentials = { current: async () => ({ token, mintedAt: 0, age: () => 60_000 }), discard: () => {} };
  return readAdvisories(
    { apiUrl: `${sandbox.url}/api/v3`, credentials },
    versions.map(([name, version]) => ({ name, version })),
  );
};

describe("versions have their answers", () => {
  test("with everything that a report names, by the normalised name", async () => {
    const found = await read(["jinja2", "2.11.2"], ["flask", "3.1"]);
    expect(found.get("jinja2@2.11.2")).toEqual([
      {
        id: "GHSA-1",
        cve: "CVE-1",
        name: "jinja2",
        severity: "high",
        isMalware: false,
        isWithdrawn: false,
        range: "< 2.11.3",
        fixedIn: "2.11.3",
      },
      expect.objectContaining({ id: "GHSA-2", cve: null, isWithdrawn: true, fixedIn: null }),
    ]);
    expect(found.get("flask@3.1")).toEqual([]);
  });

  test("malware among them", async () => {
    expect((await read(["reqests", "1.0"])).get("reqests@1.0")).toMatchObject([{ id: "MAL-3", isMalware: true }]);
  });

  test("to the last page", async () => {
    expect((await read(["tensorflow", "1.229"])).get("tensorflow@1.229")).toHaveLength(230);
  });

  test("when there are more than one address takes", async () => {
    const many = Array.from({ length: 900 }, (_, at) => [`package-number-${at}`, "1.0.0"] as const);
    const found = await read(...many, ["jinja2", "2.11.2"]);
    expect(found.size).toBe(901);
    expect(found.get("jinja2@2.11.2")).toHaveLength(2);
  }, 30_000);

  test("none where GitHub fails", async () => {
    const end = sandbox.fault({ method: "GET", path: /\/advisories$/, times: 3, effect: { status: 503, body: "" } });
    await expect(read(["jinja2", "2.11.2"])).rejects.toMatchObject({ status: 503 });
    end();
  }, 20_000);
});

describe("addresses", () => {
  const version = (length: number) => ({ name: "n".repeat(length), version: "1" });

  test("hold no more than six thousand bytes", () => {
    const groups = inAddresses(Array.from({ length: 500 }, (_, at) => version(20 + (at % 70))));
    expect(groups.flat()).toHaveLength(500);
    for (const group of groups)
      expect(encodeURIComponent(group.map(({ name }) => `${name}@1`).join(",")).length).toBeLessThanOrEqual(6000);
  });

  test("hold no more than a thousand versions", () => {
    expect(
      inAddresses(Array.from({ length: 1001 }, () => ({ name: "", version: "" }))).map(({ length }) => length),
    ).toEqual([1000, 1]);
  });

  test("of nothing are none", () => {
    expect(inAddresses([])).toEqual([]);
  });
});
