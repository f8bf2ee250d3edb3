import rule from "../../../rules/security/no-shell-injection.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = { "requirements.txt": "flask==3.1.0\n", Procfile: "web: gunicorn shop.app:app\n" };
const tool = {
  "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n[project.scripts]\nshop = "shop.cli:main"\n',
};
const inShop = (text: string) => ({ ...service, "shop/archive.py": text });

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "only tests", repo: { "tests/test_x.py": 'import os\nos.system("ls " + input())\n' }, expect: "skip" },
  {
    name: "a module that cannot be read",
    repo: { "shop/archive.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  {
    name: "os.system with what a request carries, from a name that was imported",
    repo: inShop(
      'from os import system as sh\n\n\ndef view(request):\n    name = request.GET["name"]\n    sh("convert " + name)\n',
    ),
    expect: "fail",
    evidence: ["shop/archive.py:6"],
    says: "`os.system` runs a shell command that is put together from input",
  },
  {
    name: "an asynchronous shell with a format",
    repo: inShop(
      'import asyncio\n\n\nasync def pack(name: str):\n    await asyncio.create_subprocess_shell("tar -czf {}".format(name))\n',
    ),
    expect: "fail",
    evidence: ["shop/archive.py:5"],
  },
  {
    name: "a command for another host, put together over SSH",
    repo: inShop(
      'import paramiko\n\n\ndef restart(client: paramiko.SSHClient, name):\n    client.exec_command(f"restart {name}")\n',
    ),
    expect: "fail",
    evidence: ["shop/archive.py:5"],
  },
  {
    name: "a literal command",
    repo: inShop('import subprocess\n\nsubprocess.run("git describe | cut -c2-", shell=True)\n'),
    expect: "partial",
    value: 0.8,
    evidence: ["shop/archive.py:3"],
  },
  {
    name: "a command of constants of the module",
    repo: inShop('import os\n\nFOLDER = "/var/shop"\n\n\ndef clean():\n    os.system("rm -r " + FOLDER)\n'),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a number in the command",
    repo: inShop('import os\n\n\ndef stop(pid: int):\n    os.system(f"kill {pid}")\n'),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "every part quoted",
    repo: inShop('import os\nimport shlex\n\n\ndef pack(name):\n    os.system(f"tar -czf {shlex.quote(name)}")\n'),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "quoted parts that are joined",
    repo: inShop(
      'import os\nimport shlex\n\n\ndef pack(names):\n    os.system("tar " + " ".join(shlex.quote(n) for n in names))\n',
    ),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a value that was compared with a list",
    repo: inShop(
      'import os\n\n\ndef run(action):\n    if action not in ("start", "stop"):\n        raise ValueError(action)\n    os.system(f"service shop {action}")\n',
    ),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a whole command that is handed on",
    repo: inShop("import subprocess\n\n\ndef run(command):\n    subprocess.run(command, shell=True)\n"),
    expect: "partial",
    value: 0.5,
    says: "runs whatever command it is handed",
  },
  {
    name: "tasks of invoke, a setup script and scripts",
    repo: {
      ...service,
      "tasks.py":
        'import subprocess\n\nfrom invoke import task\n\n\n@task\ndef release(c, tag):\n    subprocess.run(f"git tag {tag}", shell=True)\n',
      "scripts/dump.py": 'import os\n\n\ndef dump(name):\n    os.system(f"pg_dump {name}")\n',
      "noxfile.py": 'import os\n\n\ndef lint(session):\n    os.system(f"ruff {session}")\n',
    },
    expect: "partial",
    value: 0.5,
    evidence: ["noxfile.py:5", "scripts/dump.py:5", "tasks.py:8"],
  },
  {
    name: "a command of click, whose user types the argument",
    repo: inShop(
      'import os\n\nimport click\n\n\n@click.command()\ndef init(lang):\n    os.system("pybabel init -l " + lang)\n',
    ),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a program that its own user runs",
    repo: { ...tool, "shop/cli.py": 'import os\n\n\ndef tag(name):\n    os.system(f"git tag {name}")\n' },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a finding that the authors silenced",
    repo: inShop('import os\n\n\ndef run(name):\n    os.system(f"shop {name}")  # noqa: S605\n'),
    expect: "pass",
  },
  {
    name: "shell=False, and functions of the project's own by the same names",
    repo: inShop(
      'import subprocess\n\nfrom shop import os\n\n\ndef pack(name):\n    subprocess.run(["tar", name], shell=False)\n    os.system(f"tar {name}")\n',
    ),
    expect: "pass",
  },
]);
