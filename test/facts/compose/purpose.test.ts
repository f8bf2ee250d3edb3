import { expect, test } from "@jest/globals";
import { purposeByName } from "../../../src/facts/compose/purpose.ts";

test.each([
  ["docker-compose.yml", undefined],
  ["docker-compose.prod.yml", "production"],
  ["deploy/compose.yaml", "production"],
  ["docker-compose.override.yml", "development"],
  ["compose/local/docker-compose.yml", "development"],
  ["docker-compose.test.yml", "test"],
  ["docker-compose-integration.yml", "test"],
  ["docker-compose.integration.yml", "test"],
  ["integration.compose.yml", "test"],
  ["docker/integration/compose.yml", "test"],
  ["integration-tests/compose.yml", "test"],
  ["stripe-integration/docker-compose.yml", undefined],
  ["integration-gateway/docker-compose.yml", undefined],
  ["integrations/compose.yml", undefined],
  ["docker-compose.stripe-integration.yml", undefined],
  ["examples/flask/docker-compose.yml", "example"],
])("%s is for %s", (path, purpose) => {
  expect(purposeByName(path)).toBe(purpose);
});
