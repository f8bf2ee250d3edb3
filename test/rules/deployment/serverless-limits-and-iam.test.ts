import rule from "../../../rules/deployment/serverless-limits-and-iam.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "orders/app.py": "" };
const sam = (properties: string, rest = "") => ({
  ...code,
  "template.yaml": `Transform: AWS::Serverless-2016-10-31\n${rest}Resources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.14\n${properties}`,
});
const bounded = "      Timeout: 10\n      MemorySize: !Ref Memory\n";
const terraform = (rest: string) => ({
  ...code,
  "requirements.txt": "aws-lambda-powertools\n",
  "infra/main.tf": `resource "aws_lambda_function" "orders" {\n  runtime     = "python3.14"\n  timeout     = 10\n  memory_size = 256\n}\n${rest}`,
});

describeRule(rule, [
  { name: "a web service", repo: { "manage.py": "", "requirements.txt": "django\n" }, expect: "skip" },
  {
    name: "functions that the command line deploys",
    repo: { ...code, "requirements.txt": "functions-framework\n" },
    expect: "skip",
  },
  { name: "bounds of its own", repo: sam(bounded), expect: "pass", evidence: ["template.yaml:3"] },
  {
    name: "bounds for all functions",
    repo: sam("", "Globals:\n  Function:\n    Timeout: 10\n    MemorySize: 256\n"),
    expect: "pass",
  },
  {
    name: "a timeout alone",
    repo: sam("      Timeout: 10\n"),
    expect: "partial",
    value: 0.5,
    evidence: ["template.yaml:3"],
  },
  {
    name: "an event that nobody waits for, without a dead-letter queue",
    repo: sam(`${bounded}      Events:\n        Upload:\n          Type: S3\n`),
    expect: "partial",
    value: 2 / 3,
    says: "place for failed events",
  },
  {
    name: "the same with a dead-letter queue",
    repo: sam(
      `${bounded}      DeadLetterQueue:\n        Type: SQS\n        TargetArn: !GetAtt Lost.Arn\n      Events:\n        Upload:\n          Type: S3\n`,
    ),
    expect: "pass",
  },
  {
    name: "a request whose caller waits needs no dead-letter queue",
    repo: sam(`${bounded}      Events:\n        Get:\n          Type: HttpApi\n`),
    expect: "pass",
  },
  {
    name: "policy templates of SAM are narrow",
    repo: sam(
      `${bounded}      Policies:\n        - S3ReadPolicy:\n            BucketName: !Ref Uploads\n        - AWSLambdaBasicExecutionRole\n`,
    ),
    expect: "pass",
  },
  {
    name: "every action",
    repo: sam(
      `${bounded}      Policies:\n        - Statement:\n            - Effect: Allow\n              Action: "*"\n              Resource: "*"\n`,
    ),
    expect: "fail",
    evidence: ["template.yaml:12"],
  },
  {
    name: "every action of a service on every resource",
    repo: sam(
      `${bounded}      Policies:\n        - Version: "2012-10-17"\n          Statement:\n            - Effect: Allow\n              Action:\n                - s3:*\n              Resource: "*"\n`,
    ),
    expect: "partial",
    value: 0.5,
    evidence: ["template.yaml:14"],
    says: "s3:*",
  },
  {
    name: "every action of a service on one resource, and one action on all",
    repo: sam(
      `${bounded}      Policies:\n        - Statement:\n            - {Effect: Allow, Action: 's3:*', Resource: !Sub '\${Uploads.Arn}/*'}\n            - {Effect: Allow, Action: 'xray:PutTraceSegments', Resource: '*'}\n            - {Effect: Deny, Action: '*', Resource: '*'}\n`,
    ),
    expect: "pass",
  },
  {
    name: "a managed policy for all of a service",
    repo: sam(`${bounded}      Policies: AmazonS3FullAccess\n`),
    expect: "partial",
    value: 0.5,
    evidence: ["template.yaml:9"],
  },
  {
    name: "a function of another language says nothing of ours",
    repo: {
      ...sam(bounded),
      "edge/template.yaml":
        "Resources:\n  Edge:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: nodejs24.x\n",
    },
    expect: "pass",
    evidence: ["template.yaml:3"],
  },
  {
    name: "the Serverless Framework",
    repo: {
      ...code,
      "serverless.yml":
        "provider:\n  name: aws\n  runtime: python3.14\n  timeout: 10\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: dynamodb:*\n          Resource: '*'\nfunctions:\n  orders:\n    handler: app.handler\n    memorySize: 256\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: ["serverless.yml:9"],
  },
  {
    name: "bounds of the Serverless Framework",
    repo: {
      ...code,
      "serverless.yml":
        "provider:\n  name: aws\n  runtime: python3.14\n  timeout: 10\nfunctions:\n  orders:\n    handler: app.handler\n    memorySize: 256\n  nightly:\n    handler: app.nightly\n    events:\n      - schedule: rate(1 day)\n",
    },
    expect: "partial",
    value: 2 / 3,
    evidence: ["serverless.yml:9"],
  },
  { name: "Terraform", repo: terraform(""), expect: "pass", evidence: ["infra/main.tf:1"] },
  {
    name: "Terraform with a policy document of everything",
    repo: terraform(
      'data "aws_iam_policy_document" "orders" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}\n',
    ),
    expect: "fail",
    evidence: ["infra/main.tf:8"],
  },
  {
    name: "the policy of a key says who may come",
    repo: terraform(
      'data "aws_iam_policy_document" "key" {\n  statement {\n    actions   = ["kms:*"]\n    resources = ["*"]\n    principals {\n      type        = "AWS"\n      identifiers = [local.root]\n    }\n  }\n}\n',
    ),
    expect: "pass",
  },
  {
    name: "Terraform with an encoded policy of everything",
    repo: terraform(
      'resource "aws_iam_role_policy" "orders" {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = "*"\n      Resource = "*"\n    }]\n  })\n}\n',
    ),
    expect: "fail",
    evidence: ["infra/main.tf:10"],
  },
  {
    name: "Terraform with a here-document",
    repo: terraform(
      'resource "aws_iam_policy" "orders" {\n  policy = <<EOF\n{\n  "Statement": [{\n    "Effect": "Allow",\n    "Action": ["*"],\n    "Resource": "*"\n  }]\n}\nEOF\n}\n',
    ),
    expect: "fail",
    evidence: ["infra/main.tf:11"],
  },
  {
    name: "Chalice, whose policies are made from the code",
    repo: {
      ...code,
      ".chalice/config.json":
        '{\n  "lambda_timeout": 30,\n  "stages": {\n    "prod": {\n      "lambda_memory_size": 256\n    }\n  }\n}\n',
      "requirements.txt": "chalice\n",
    },
    expect: "pass",
    evidence: [".chalice/config.json:4"],
  },
  {
    name: "Azure Functions without an end",
    repo: {
      ...code,
      "host.json": '{\n  "version": "2.0",\n  "functionTimeout": "-1"\n}\n',
      "requirements.txt": "azure-functions\n",
    },
    expect: "fail",
    evidence: ["host.json:3"],
  },
  {
    name: "a CDK app sets them in code",
    repo: { ...code, "cdk.json": "{}", "requirements.txt": "aws-cdk-lib\naws-lambda-powertools\n" },
    expect: "unknown",
  },
  {
    name: "a template that cannot be read",
    repo: {
      ...code,
      "serverless.yml": { unreadable: "it is too large" },
      "requirements.txt": "aws-lambda-powertools\n",
    },
    expect: "unknown",
  },
  {
    name: "a statement after Windows line ends and a byte order mark",
    repo: {
      "orders/app.py": "",
      "template.yaml":
        "\uFEFFTransform: AWS::Serverless-2016-10-31\r\nResources:\r\n  Orders:\r\n    Type: AWS::Serverless::Function\r\n    Properties:\r\n      Runtime: python3.14\r\n      Timeout: 5\r\n      MemorySize: 128\r\n      Policies:\r\n        - Statement:\r\n            - Effect: Allow\r\n              Action: '*'\r\n              Resource: '*'\r\n",
    },
    expect: "fail",
    evidence: ["template.yaml:12"],
  },
]);
