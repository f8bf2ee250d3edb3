import { describe, expect, test } from "@jest/globals";
import { parseHcl } from "../../../src/facts/formats/hcl.ts";
import { FormatError } from "../../../src/facts/formats/node.ts";

const MODULE = `\uFEFF# the shop
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
  backend "s3" {} // filled in by CI
}

/* a comment with "quotes" and { braces }
*/
resource "aws_db_instance" "main" {
  identifier  = "shop-\${var.stage == "prod" ? "live" : "test"}-db"
  retention   = var.retention
  open        = -1
  final       = (var.stage == "prod"
    ? false : true)
  names       = [for name in var.names : upper(name)]
  subnets     = [aws_subnet.a.id, "b", # the second
    { zone : 1 }]
  policy      = jsonencode({
    Statement = [{ Action = "*" }]
  })
  user_data   = <<-EOT
    resource "not" "this" {
  EOT
  timeouts { create = "60m" }
  lifecycle {
    prevent_destroy = true
  }
}
`;

describe("HCL", () => {
  const { blocks } = parseHcl(MODULE);
  const [terraform, database] = blocks;

  test("blocks have labels, lines and blocks of their own", () => {
    expect(blocks.map(({ type, labels, line }) => [type, ...labels, line])).toEqual([
      ["terraform", 2],
      ["resource", "aws_db_instance", "main", 11],
    ]);
    expect(terraform?.blocks.map(({ type, labels }) => [type, ...labels])).toEqual([
      ["required_providers"],
      ["backend", "s3"],
    ]);
    expect(terraform?.blocks[0]?.attributes.get("aws", "version")?.text).toBe("~> 6.0");
    expect(database?.blocks.map(({ type, line }) => [type, line])).toEqual([
      ["timeouts", 26],
      ["lifecycle", 27],
    ]);
  });

  test("literals are data, everything else stays text", () => {
    const at = (...path: (string | number)[]) => database?.attributes.get(...path);
    expect(at("identifier")?.text).toBe('shop-${var.stage == "prod" ? "live" : "test"}-db');
    expect(at("retention")?.text).toBe("var.retention");
    expect(at("open")?.number).toBe(-1);
    expect(at("final")?.text).toContain("? false : true");
    expect(at("names")?.kind).toBe("scalar");
    expect(at("subnets")?.items.map(({ text }) => text)).toEqual(["aws_subnet.a.id", "b", undefined]);
    expect(at("subnets", 2, "zone")?.number).toBe(1);
    expect(at("policy", "Statement", 0, "Action")).toMatchObject({ text: "*", line: 21 });
    expect(at("user_data")?.text).toContain('resource "not" "this" {');
  });

  test.each([
    ["a block that does not close", 'resource "a" "b" {\n'],
    ["an open list", "a = [1,\n"],
    ["nesting of 100,000 lists", `a = ${"[".repeat(100_000)}`],
    ["nesting of 100,000 blocks", "a {\n".repeat(100_000)],
    ["another language", "<html></html>"],
  ])("%s is refused", (_, text) => {
    expect(() => parseHcl(text)).toThrow(FormatError);
  });

  test.each([
    ["strings that never end", 'a = "${"'.repeat(50_000)],
    ["here-documents that never end", "a = <<EOT\n".repeat(50_000)],
    ["blank space", `a = 1${" ".repeat(1_000_000)}`],
  ])("%s take no long time", (_, text) => {
    const before = process.cpuUsage();
    try {
      parseHcl(text);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
    }
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
