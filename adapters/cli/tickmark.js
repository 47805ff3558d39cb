#!/usr/bin/env node
/** The command `tickmark`: checks that this Node can run it, then starts it. Plain JavaScript, so that any Node gets this far. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 15)) {
  const { start } = await import('../main.ts');
  process.exitCode = await start(process.argv, process.env);
} else {
  console.error(
    `tickmark needs Node 24.15 or later; this is ${process.versions.node}.\n` +
      'In the checkout, "npm ci" brings one: run "npx tickmark ..." or "npm run demo".',
  );
  process.exitCode = 1;
}
