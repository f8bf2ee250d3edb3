import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A password of a local database in a development file weighs little. */
const LOW = 0.8;

export default defineRule({
  title: "No credentials are baked into images or manifests",
  severity: "critical",
  why: "Whoever pulls the image or reads the repository has the credential, in every layer and commit, also after it is removed.",
  fix: "Revoke the credential; pass it at run time from a secret store, and in builds with `RUN --mount=type=secret`.",
  byHand: "the secret has to be revoked, and where its successor is kept is for people to say",
  references: [
    "https://docs.docker.com/build/building/secrets/",
    "https://kubernetes.io/docs/concepts/configuration/secret/",
  ],
  peers: ["hadolint DL3064", "kube-linter env-var-secret", "polaris sensitiveContainerEnvVar"],
  scope: "repository",
  needs: ["committedCredentials"],
  check({ committedCredentials: { credentials, hasSubjects, unread } }) {
    const places = credentials.map(({ path, line, name, kind }) => ({ path, line, found: { name, kind } }));
    const open = places.filter(
      (_, index) => !credentials[index]?.isForDevelopment || credentials[index]?.kind === "token",
    );
    if (open.length > 0) return fail(open);
    if (places.length > 0) return partial(LOW, places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return hasSubjects ? pass() : skip("there is no image, manifest or Terraform file here");
  },
  message({ found: { name, kind } }) {
    if (kind === "file") return `${name} holds credentials and is in the image or the repository.`;
    return `${name} is given a literal value${kind === "token" ? " in the form of a provider's token" : ""}.`;
  },
  examples: {
    passes: {
      Dockerfile: 'FROM python:3.14-slim\nRUN --mount=type=secret,id=token pip install shop\nCMD ["shop"]\n',
      "shop/api.py": "",
    },
    fails: {
      Dockerfile: 'FROM python:3.14-slim\nENV DB_PASSWORD=b4tterie-h0rse-staple\nCMD ["shop"]\n',
      "shop/api.py": "",
    },
  },
});
