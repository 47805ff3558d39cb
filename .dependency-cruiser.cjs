/**
 * The import law: which room may see which, as the table in README.md says it, row by row.
 * A room's rule names what it may see; everything else is forbidden, also what nobody has thought of.
 * test/house/import-law.test.ts plants a breach of every rule here; a new rule needs its breach there.
 */

const GENERATE = '^schemas/generate\\.ts$';
const zod = '^node_modules/zod/';
const luxon = '^node_modules/(@types/)?luxon/';
/** What a room shows to the adapters at run time. Types may be seen wherever they stand. */
const ports = '^(engine|projections)/(ports|index)\\.ts$';
/** The drivers that a carrier may bring, each in its own folder. */
const drivers = '^node_modules/(kafkajs|@platformatic/kafka)/';

const law = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    law(
      'schemas',
      'schemas see schemas and zod',
      { path: '^schemas/', pathNot: GENERATE },
      { pathNot: ['^schemas/', zod] },
    ),
    law(
      'generate',
      'the generator of schema files sees schemas, zod, prettier and node:',
      { path: GENERATE },
      {
        pathNot: ['^schemas/', zod, '^node_modules/prettier/'],
        dependencyTypesNot: ['core'],
      },
    ),
    law(
      'generate-is-a-program',
      'only the tests import the generator',
      { pathNot: '^test/' },
      { path: GENERATE },
    ),
    law(
      'engine',
      'the engine sees schemas and itself',
      { path: '^engine/', pathNot: '^engine/calendar[./]' },
      {
        pathNot: ['^schemas/', '^engine/'],
      },
    ),
    law(
      'engine-calendar',
      'luxon is seen by engine/calendar only',
      { path: '^engine/calendar[./]' },
      {
        pathNot: ['^schemas/', '^engine/', luxon],
      },
    ),
    law(
      'projections',
      'projections see schemas, the engine and themselves',
      { path: '^projections/' },
      {
        pathNot: ['^schemas/', '^engine/', '^projections/'],
      },
    ),

    law(
      'dialects',
      'dialects see schemas, zod and dialects',
      { path: '^adapters/dialects/' },
      {
        pathNot: ['^schemas/', '^adapters/dialects/', zod],
      },
    ),
    law(
      'dialects-apart',
      'a vendor does not know another; what all of them read (clocks, dates) is in reading/',
      { path: '^adapters/dialects/([^/]+)/' },
      {
        path: '^adapters/dialects/',
        pathNot: '^adapters/dialects/(reading|$1)/',
      },
    ),
    law(
      'carriers',
      'carriers see schemas, node:, their driver and neutral adapters',
      { path: '^adapters/carriers/' },
      {
        pathNot: ['^schemas/', '^engine/', '^adapters/', drivers],
        dependencyTypesNot: ['core'],
      },
    ),
    law(
      'carriers-doors',
      'a carrier knows no store, no dialect and no other door',
      { path: '^adapters/carriers/' },
      {
        path: '^adapters/(stores|dialects|http|cli|main\\.ts)',
      },
    ),
    law(
      'carriers-types',
      'carriers see types of the engine only',
      { path: '^adapters/carriers/' },
      {
        path: '^engine/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    law(
      'adapters-ports',
      'adapters see the ports of the pure rooms, and their types',
      { path: '^adapters/', pathNot: '^adapters/main\\.ts$' },
      {
        path: '^(engine|projections)/',
        pathNot: ports,
        dependencyTypesNot: ['type-only'],
      },
    ),
    law(
      'composition-root',
      'stores, dialects and carriers meet in adapters/main.ts only; threads open stores of their own and see nothing else',
      {
        path: '^adapters/',
        pathNot: '^adapters/(main\\.ts$|(projector|rebuild)-thread\\.ts$|stores/|dialects/|carriers/)',
      },
      {
        path: '^adapters/(stores|dialects|carriers)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    law(
      'stores-apart',
      'a store knows no dialect, no carrier and no door',
      { path: '^adapters/stores/' },
      {
        path: '^adapters/(dialects|carriers|http|cli|main\\.ts)',
      },
    ),

    law(
      'event-store-client',
      'which client KurrentDB has is known in its folder only',
      { path: '^(schemas|engine|projections|adapters)/', pathNot: '^adapters/stores/kurrentdb/' },
      { path: '^node_modules/@(eventstore|kurrent)/' },
    ),

    law(
      'pure-rooms-stay-inside',
      'no pure room sees an adapter',
      { path: '^(schemas|engine|projections)/' },
      { path: '^adapters/' },
    ),
    law('nothing-imports-test', 'only tests import tests', { pathNot: '^test/' }, { path: '^test/' }),
    law(
      'nothing-imports-bench',
      'only benches import benches',
      { pathNot: '^(bench|test)/' },
      { path: '^bench/' },
    ),
    law('no-circles', 'two files that need each other are one file', {}, { circular: true }),
    law(
      'no-ghosts',
      'an import that leads nowhere hides a dependency from this law',
      {},
      { couldNotResolve: true },
    ),
    law(
      'declared',
      'what runs is declared as a dependency',
      { path: '^(schemas|engine|projections|adapters)/', pathNot: GENERATE },
      {
        dependencyTypes: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/@types/',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^schemas/json/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
