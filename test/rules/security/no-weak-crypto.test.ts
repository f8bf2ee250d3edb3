import rule from "../../../rules/security/no-weak-crypto.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const of = (text: string) => ({ "shop/accounts.py": text });
const hashers = (first: string) => `PASSWORD_HASHERS = [\n    "django.contrib.auth.hashers.${first}",\n]\n`;

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "a module that cannot be read", repo: { "shop/a.py": { unreadable: "it is too large" } }, expect: "unknown" },
  {
    name: "MD5 of a password and SHA-1 of a signature",
    repo: of(
      "import hashlib\nfrom hashlib import sha1\n\n\ndef store(user, password):\n    user.hash = hashlib.md5(password.encode()).hexdigest()\n    signature = sha1(user.name.encode() + user.key).hexdigest()\n    return signature\n",
    ),
    expect: "fail",
    evidence: ["shop/accounts.py:6", "shop/accounts.py:7"],
    says: "MD5 is used with `password`",
  },
  {
    name: "a hash that is not for security, an ETag, the key of a cache and a checksum",
    repo: of(
      "import hashlib\n\n\ndef names(token, body):\n    a = hashlib.md5(token, usedforsecurity=False).hexdigest()\n    etag = hashlib.md5(body).hexdigest()\n    cache_key = hashlib.sha1(token.encode()).hexdigest()\n    return a, etag, cache_key, hashlib.md5(body).hexdigest()\n",
    ),
    expect: "pass",
  },
  {
    name: "a token that is made with `random` under another name",
    repo: of("import random as r\n\n\ndef token():\n    return r.choice('abc')\n"),
    expect: "fail",
    evidence: ["shop/accounts.py:5"],
  },
  {
    name: "an avatar, and a check against passwords that leaked, which ask for weak hashes",
    repo: {
      "shop/avatar.py":
        'import hashlib\n\n\ndef avatar(user):\n    digest = hashlib.md5(user.secret.encode()).hexdigest()\n    return f"https://www.gravatar.com/avatar/{digest}"\n',
      "shop/leaks.py":
        'import hashlib\n\nURL = "https://api.pwnedpasswords.com/range/"\n\n\ndef digest(password):\n    return hashlib.sha1(password.encode()).hexdigest()\n',
    },
    expect: "pass",
  },
  {
    name: "HMAC with SHA-1, as a sender of webhooks asks for it",
    repo: of(
      "import hashlib\nimport hmac\n\n\ndef signature(secret, body):\n    return hmac.new(secret, body, hashlib.sha1).hexdigest()\n",
    ),
    expect: "pass",
  },
  {
    name: "broken ciphers, ECB and short keys",
    repo: of(
      "from Crypto.Cipher import AES, DES3\nfrom cryptography.hazmat.primitives.asymmetric import rsa\n\n\ndef make(key):\n    DES3.new(key)\n    AES.new(key, AES.MODE_ECB)\n    rsa.generate_private_key(65537, 1024)\n    rsa.generate_private_key(public_exponent=65537, key_size=2048)\n    return AES.new(key, AES.MODE_GCM)\n",
    ),
    expect: "fail",
    evidence: ["shop/accounts.py:6", "shop/accounts.py:7", "shop/accounts.py:8"],
    says: "A key of 1024 bits is too short",
  },
  {
    name: "a token and a password by random",
    repo: of(
      'import random\nimport string\n\n\ndef make_password(n):\n    return "".join(random.choices(string.ascii_letters, k=n))\n\n\ndef login(user):\n    user.reset_token = random.getrandbits(64)\n    otp = random.randint(1000, 9999)\n    return otp\n',
    ),
    expect: "fail",
    evidence: ["shop/accounts.py:6", "shop/accounts.py:10", "shop/accounts.py:11"],
  },
  {
    name: "random of the system, and random for a game, a model and a mask",
    repo: of(
      "import random\n\nrng = random.SystemRandom()\n\n\ndef play(tokens, tokenizer):\n    token = rng.choice('abc')\n    dice = random.randint(1, 6)\n    token_ids = random.sample(range(100), 5)\n    mask_token = random.choice(tokens)\n    tokens = random.choices(tokens, k=2)\n    return token, dice, token_ids, mask_token, tokens\n",
    ),
    expect: "pass",
  },
  {
    name: "a fast hasher in the settings",
    repo: { "config/settings/base.py": hashers("MD5PasswordHasher") },
    expect: "fail",
    evidence: ["config/settings/base.py:2"],
  },
  {
    name: "a fast hasher in the settings for tests, and a slow one with the old beside it",
    repo: {
      "config/settings/test.py": hashers("MD5PasswordHasher"),
      "config/settings/base.py":
        'PASSWORD_HASHERS = [\n    "django.contrib.auth.hashers.Argon2PasswordHasher",\n    "django.contrib.auth.hashers.MD5PasswordHasher",\n]\n',
    },
    expect: "pass",
  },
  {
    name: "passwords in clear",
    repo: of('from passlib.context import CryptContext\n\ncontext = CryptContext(schemes=["plaintext", "bcrypt"])\n'),
    expect: "fail",
    evidence: ["shop/accounts.py:3"],
  },
  {
    name: "a token without a signature, and one that is not checked",
    repo: of(
      'import jwt\n\n\ndef tokens(token, claims):\n    jwt.encode(claims, None, algorithm="none")\n\n\ndef user(token):\n    return jwt.decode(token, options={"verify_signature": False})["sub"]\n',
    ),
    expect: "fail",
    evidence: ["shop/accounts.py:5", "shop/accounts.py:9"],
  },
  {
    name: "a look at who issued a token, before it is checked",
    repo: of(
      'import jwt\n\n\ndef user(token, keys):\n    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]\n    return jwt.decode(token, keys[issuer], algorithms=["RS256"])\n',
    ),
    expect: "pass",
  },
  {
    name: "a finding that the authors silenced",
    repo: of("import hashlib\n\n\ndef old(password):\n    return hashlib.md5(password).hexdigest()  # noqa: S324\n"),
    expect: "pass",
  },
  {
    name: "the same in tests",
    repo: { ...of("x = 1\n"), "tests/test_a.py": "import hashlib\nhashlib.md5(password)\n" },
    expect: "pass",
  },
]);

describeRepair(rule, [
  {
    name: "takes what the system gives for what must not be guessed",
    repo: of(
      'import random\nimport string\n\n\ndef invite(user):\n    user.otp = str(random.randint(100000, 999999))  # six digits\n    token = "".join(random.choices(string.digits, k=8))\n    return token, random.choice(user.names)\n',
    ),
    after: of(
      'import random\nimport string\n\n\ndef invite(user):\n    user.otp = str(random.SystemRandom().randint(100000, 999999))  # six digits\n    token = "".join(random.SystemRandom().choices(string.digits, k=8))\n    return token, random.choice(user.names)\n',
    ),
  },
  {
    name: "what is guessed, and not what is hashed",
    repo: of(
      "import hashlib\nimport random\n\n\ndef store(user, password):\n    user.hash = hashlib.md5(password.encode()).hexdigest()\n    user.token = random.getrandbits(128)\n",
    ),
    after: of(
      "import hashlib\nimport random\n\n\ndef store(user, password):\n    user.hash = hashlib.md5(password.encode()).hexdigest()\n    user.token = random.SystemRandom().getrandbits(128)\n",
    ),
    leaves: true,
  },
  ...[
    "from random import choice\n\n\ndef token():\n    return choice('abc')\n",
    "import random as r\n\n\ndef token():\n    return r.choice('abc')\n",
    "import jwt\n\n\ndef user(token):\n    return jwt.decode(token, options={'verify_signature': False})\n",
  ].map((text) => ({ name: `not ${JSON.stringify(text)}`, repo: of(text), refuses: "only people know how long" })),
]);
