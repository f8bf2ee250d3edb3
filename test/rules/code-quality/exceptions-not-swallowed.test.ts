import rule from "../../../rules/code-quality/exceptions-not-swallowed.ts";
import { describeRule } from "../../support/describe-rule.ts";

const tried = (handler: string, work = "    order.send()") => ({
  "shop/orders.py": `import logging\n\n\ndef send(order):\n    try:\n    ${work}\n${handler}`,
});

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "a module that cannot be read", repo: { "shop/a.py": { unreadable: "it is too large" } }, expect: "unknown" },
  {
    name: "one in a short module",
    repo: tried("    except Exception:\n        pass\n"),
    expect: "partial",
    value: 2 / 3,
    evidence: ["shop/orders.py:7"],
    says: "`except Exception: pass` hides every error",
  },
  {
    name: "three in a short module",
    repo: { "shop/orders.py": "try:\n    send()\nexcept Exception:\n    pass\n".repeat(3) },
    expect: "fail",
    evidence: ["shop/orders.py:3", "shop/orders.py:7", "shop/orders.py:11"],
  },
  {
    name: "one in two thousand lines",
    repo: { ...tried("    except BaseException:\n        pass\n"), "shop/data.py": "x = 1\n".repeat(2000) },
    expect: "partial",
    value: 1 - 1 / 2.01 / 3,
  },
  {
    name: "a bare one that does something else",
    repo: tried("    except:\n        order = None\n"),
    expect: "partial",
    evidence: ["shop/orders.py:7"],
  },
  {
    name: "a bare one that raises again",
    repo: tried("    except:\n        order.undo()\n        raise\n"),
    expect: "pass",
  },
  {
    name: "one that logs",
    repo: tried("    except Exception:\n        logging.exception('not sent')\n"),
    expect: "pass",
  },
  { name: "a bare one that logs", repo: tried("    except:\n        logging.exception('not sent')\n"), expect: "pass" },
  {
    name: "one that says why",
    repo: tried("    except Exception:\n        # The queue sends it again.\n        pass\n"),
    expect: "pass",
  },
  {
    name: "one whose comment speaks to a tool about something else",
    repo: tried("    except Exception:  # pragma: no cover\n        pass\n"),
    expect: "partial",
  },
  {
    name: "one that the authors silenced",
    repo: tried("    except Exception:  # noqa: S110\n        pass\n"),
    expect: "pass",
  },
  { name: "one error that is expected", repo: tried("    except OSError:\n        pass\n"), expect: "pass" },
  {
    name: "a module that need not be there",
    repo: { "shop/__init__.py": "try:\n    import uvloop\nexcept Exception:\n    pass\n" },
    expect: "pass",
  },
  {
    name: "something that is closed at the end",
    repo: tried("    except Exception:\n        pass\n", "    order.close()"),
    expect: "pass",
  },
  {
    name: "a destructor",
    repo: {
      "shop/orders.py":
        "class Order:\n    def __del__(self):\n        try:\n            self.undo()\n        except Exception:\n            pass\n",
    },
    expect: "pass",
  },
  {
    name: "a trial whose success is told in else",
    repo: tried("    except Exception:\n        pass\n    else:\n        return order\n"),
    expect: "pass",
  },
  {
    name: "contextlib.suppress",
    repo: { "shop/orders.py": "from contextlib import suppress\n\nwith suppress(OSError):\n    send()\n" },
    expect: "pass",
  },
  {
    name: "a script and a test",
    repo: {
      "scripts/send.py": "try:\n    send()\nexcept:\n    pass\n",
      "tests/test_send.py": "try:\n    send()\nexcept:\n    pass\n",
      "shop/orders.py": "x = 1\n",
    },
    expect: "pass",
  },
]);
