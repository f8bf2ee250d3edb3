import { describe, expect, test } from "@jest/globals";
import { containerCall } from "../../../src/facts/commands/containers.ts";

describe("what runs in a container", () => {
  test.each([
    ["docker run --rm -e A=1 -v $PWD:/app shop:ci pytest -q", "shop:ci", "pytest -q"],
    ["docker run -it --entrypoint python shop -m pytest", "shop", "python -m pytest"],
    ["docker exec -i web make test", "web", "make test"],
    ["docker compose -f ci.yml --profile test run --rm web tox", "web", "tox"],
    ["docker-compose -p shop exec -T web pytest", "web", "pytest"],
    ["podman container run shop", "shop", ""],
    ["$DOCKER_BIN run --rm shop pytest", "shop", "pytest"],
    ["docker compose up --exit-code-from tests", "tests", ""],
  ])("%s", (command, subject, words) => {
    const call = containerCall(command.split(" "));
    expect([call?.subject, call?.words.join(" ")]).toEqual([subject, words]);
  });

  test.each([
    "docker build -t shop .",
    "docker compose up -d",
    "docker compose config",
    "docker logs web",
    "make test",
  ])("nothing: %s", (command) => {
    expect(containerCall(command.split(" "))).toBeUndefined();
  });

  test("a service in the background", () => {
    expect(containerCall(["docker", "run", "-d", "postgres"])?.detached).toBe(true);
  });
});
