#!/usr/bin/env node
/** The command `tickmark`: checks that this Node can run it, then starts it. Plain JavaScript, so that any Node gets this far. */
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 15)) {
  // Types are stripped and code is compiled once, not at every start: half of the time that a short command takes.
  const cache = module.enableCompileCache?.();
  // Threads find it there.
  if (cache?.directory) process.env['NODE_COMPILE_CACHE'] ??= cache.directory;
  const { start } = await import('../main.ts');
  process.exitCode = await start(process.argv, process.env);
} else {
  console.error(
    `tickmark needs Node 24.15 or later; this is ${process.versions.node}.\n` +
      'In the checkout, "npm ci" brings one: run "npx tickmark ..." or "npm run demo".',
  );
  process.exitCode = 1;
}
