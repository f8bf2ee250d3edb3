import { describe, expect, test } from "@jest/globals";
import type { Credentials, InstallationToken } from "../../src/github/credentials.ts";
import { githubFetch } from "../../src/github/requests.ts";
import { type ScriptedAnswer, withScriptedServer } from "../support/scripted-server.ts";

const NOT_GRANTED = { status: 403, body: { message: "Resource not accessible by integration" } };

/** Tokens that are minted in turn, `first` with this age. */
function wallet(ageMs: number): Credentials {
  let minted = 0;
  let token: InstallationToken | undefined;
  return {
    current: async () => {
      const age = minted === 0 ? ageMs : 0;
      token ??= { token: `t${++minted}`, mintedAt: 0, age: () => age };
      return token;
    },
    discard: () => {
      token = undefined;
    },
  };
}

function ask(method: string, ageMs: number, answers: readonly ScriptedAnswer[]) {
  return withScriptedServer(answers, async ({ url, requests }) => {
    const patience = { lagPauseMs: 1, pausesMs: [], totalMs: 3000 };
    const fetch = githubFetch({ apiUrl: url, credentials: wallet(ageMs), patience });
    const { status } = await fetch(`${url}/x`, { method });
    return `${requests.map(({ token }) => token).join(" ")}: ${status}`;
  });
}

const HOUR = 3_600_000;

describe("a token", () => {
  test.each<[string, string, number, readonly ScriptedAnswer[], string]>([
    ["that is good is used", "GET", HOUR, [200], "t1: 200"],
    ["that is too new for GitHub is tried again", "GET", 0, [401, 401, 200], "t1 t1 t1: 200"],
    ["whose permissions are too new is tried again", "GET", 0, [NOT_GRANTED, 200], "t1 t1: 200"],
    ["that is too new lets writes be sent again, which had no effect", "POST", 0, [401, 200], "t1 t1: 200"],
    ["that was revoked is replaced", "GET", HOUR, [401, 200], "t1 t2: 200"],
    ["that was revoked is replaced before a write, too", "POST", HOUR, [401, 401, 200], "t1 t2 t2: 200"],
    ["that lacks a permission for long is not replaced", "GET", HOUR, [NOT_GRANTED], "t1: 403"],
    ["is not tried again where something else is refused", "GET", 0, [{ status: 403 }], "t1: 403"],
  ])("%s", async (_, method, age, answers, expected) => {
    expect(await ask(method, age, answers)).toBe(expected);
  });

  test("that stays refused is replaced once, and no more", async () => {
    let age = HOUR;
    const tokens: string[] = [];
    const credentials: Credentials = {
      current: async () => ({ token: `t${tokens.length + 1}`, mintedAt: 0, age: () => age }),
      discard: ({ token }) => {
        tokens.push(token);
        age = HOUR;
      },
    };
    await withScriptedServer([401], async ({ url, requests }) => {
      const { status } = await githubFetch({ apiUrl: url, credentials })(`${url}/x`);
      expect([status, requests.map(({ token }) => token), tokens]).toEqual([401, ["t1", "t2"], ["t1"]]);
    });
  });
});
