import rule from "../../../rules/security/no-binary-artifacts.ts";
import { describeRule } from "../../support/describe-rule.ts";

const binary = (size = 40_000) => ({ unreadable: "it is binary", size });

describeRule(rule, [
  {
    name: "compiled files of every kind, at their paths",
    repo: { "shop/api.py": "", "shop/__pycache__/api.cpython-313.pyc": binary(), "vendor/tool.exe": binary() },
    expect: "fail",
    evidence: ["shop/__pycache__/api.cpython-313.pyc", "vendor/tool.exe"],
    says: "compiled file",
  },
  {
    name: "a shared library with a version",
    repo: { "shop/api.py": "", "lib/libfast.so.1.2": binary() },
    expect: "fail",
    evidence: ["lib/libfast.so.1.2"],
  },
  {
    name: "a dozen names ten",
    repo: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`wheels/slug-${index + 10}.whl`, binary()])),
    expect: "fail",
    evidence: Array.from({ length: 10 }, (_, index) => `wheels/slug-${index + 10}.whl`),
    says: "2 more",
  },
  {
    name: "a wheel that tests install",
    repo: { "shop/api.py": "", "tests/data/slug-1.0-py3-none-any.whl": binary() },
    expect: "partial",
    value: 0.8,
    evidence: ["tests/data/slug-1.0-py3-none-any.whl"],
  },
  {
    name: "the wrapper of Gradle",
    repo: { "java/gradle/wrapper/gradle-wrapper.jar": binary() },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a fixture beside a real one is not named",
    repo: { "tests/data/slug.whl": binary(), "bin/tool.exe": binary() },
    expect: "fail",
    evidence: ["bin/tool.exe"],
  },
  {
    name: "the weights of a model",
    repo: { "train.py": "", "weights/best.pt": binary(48_000_000) },
    expect: "fail",
    evidence: ["weights/best.pt"],
    says: "weights",
  },
  ...["pyd", "dll", "dylib", "jar", "class", "egg", "o", "a"].map((ending) => ({
    name: `a tracked .${ending}`,
    repo: { "shop/api.py": "", [`lib/fast.${ending}`]: binary() },
    expect: "fail" as const,
    evidence: [`lib/fast.${ending}`],
  })),
  { name: "a small pickle", repo: { "train.py": "", "model.pkl": binary(50_000) }, expect: "pass" },
  {
    name: "weights in LFS: the tracked file is a pointer",
    repo: {
      ".gitattributes": "*.pt filter=lfs\n",
      "best.pt": "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 48000000\n",
    },
    expect: "pass",
  },
  {
    name: "images, fonts and documents are not executable",
    repo: { "docs/a.pdf": binary(), "static/a.woff2": binary(), "static/a.png": binary() },
    expect: "pass",
  },
  { name: "a link to a library", repo: { "lib/libfast.so": { link: "lib/libfast.txt" } }, expect: "pass" },
  { name: "a repository without Python", repo: { "main.go": "", "tool.exe": binary() }, expect: "fail" },
]);
