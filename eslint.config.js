/** The habits of the house as errors: pure rooms without an ambient world, small files, tests that cannot be muted. */
import tseslint from 'typescript-eslint';

const PURE = ['schemas/**/*.ts', 'engine/**/*.ts', 'projections/**/*.ts'];
const GENERATE = 'schemas/generate.ts';

const ambient = (name, instead) => ({ name, message: `A pure room has no ${name}: ${instead}` });
const AMBIENT = [
  ambient('Date', 'instants are passed in as InstantMs.'),
  ambient('performance', 'instants are passed in as InstantMs.'),
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) =>
    ambient(name, 'nothing waits here.'),
  ),
  ...['process', 'console', 'globalThis', 'fetch'].map((name) => ambient(name, 'effects live in adapters.')),
  ambient('crypto', 'ids and hashes are made in adapters.'),
];
const INTL = ambient('Intl', 'zones live in engine/calendar.');

const forbid = (selector, message) => ({ selector, message });
const EVERYWHERE = [
  forbid('ExportAllDeclaration', 'Name what is exported: start narrow.'),
  forbid('ExportDefaultDeclaration', 'Named exports only.'),
  forbid('TSEnumDeclaration, TSModuleDeclaration, TSParameterProperty', 'Types must be strippable.'),
];
const NO_LOCALE = forbid(
  'MemberExpression[property.name=/^(toLocale|localeCompare)/]',
  "The answer would depend on the machine's locale: compare code units.",
);
const SUITE = '/^(describe|it|test|suite|bench)$/';
const IN_TESTS = [
  ...['only', 'todo', 'skip', 'skipIf', 'runIf', 'fails'].map((name) =>
    forbid(
      `MemberExpression[property.name='${name}'][object.name=${SUITE}]`,
      `No .${name}: a test runs, or says why not with ctx.skip(reason).`,
    ),
  ),
];
const IN_UNIT_TESTS = [
  forbid(
    "MemberExpression[object.name='Date'][property.name='now']",
    'No clock in a test: pass the instant in.',
  ),
  forbid("NewExpression[callee.name='Date'][arguments.length=0]", 'No clock in a test: pass the instant in.'),
  forbid("MemberExpression[object.name='Math'][property.name='random']", 'No luck in a test: seed it.'),
];

const syntax = (...lists) => ['error', ...EVERYWHERE, ...lists.flat()];
const size = (lines) => ({ 'max-lines': ['error', { max: lines }] });

/** Counts the lines of every function, except of one that holds tests: that is a chapter and no function. */
const functionLength = {
  meta: { type: 'suggestion', schema: [{ type: 'integer' }] },
  create: (context) => {
    const [most] = context.options;
    const open = [];
    const holdsTests = (call) =>
      /^(describe|suite|it|test)\b/.test(context.sourceCode.getText(call.callee).slice(0, 20));
    return {
      ':function': (node) => open.push({ node, chapter: false }),
      CallExpression: (call) => {
        const around = open.at(-1);
        if (around && holdsTests(call)) around.chapter = true;
      },
      ':function:exit': () => {
        const { node, chapter } = open.pop();
        const lines = node.loc.end.line - node.loc.start.line + 1;
        if (lines > most && !chapter)
          context.report({ node, message: `This function has ${lines} lines; ${most} is the most.` });
      },
    };
  },
};

export default tseslint.config(
  { ignores: ['node_modules/', 'coverage/', '.tickmark/', 'schemas/json/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    plugins: { house: { rules: { 'function-length': functionLength } } },
    rules: {
      'house/function-length': ['error', 60],
      'max-lines': ['error', { max: 300 }],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-restricted-syntax': syntax(),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // A port is asynchronous for every store; SQLite answers at once.
      '@typescript-eslint/require-await': 'off',
      // Adapters are objects of functions and not of classes: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // It takes a branded number for no number.
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['engine/**/*.ts'], rules: size(200) },
  {
    files: PURE,
    ignores: [GENERATE],
    rules: {
      'no-restricted-globals': ['error', ...AMBIENT, INTL],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'A pure room has no luck: pass the number in.' },
      ],
      'no-restricted-syntax': syntax(NO_LOCALE, [
        forbid('ClassDeclaration, ClassExpression', 'A pure room has data and functions.'),
        forbid('ImportExpression', 'A pure room knows at compile time what it sees.'),
      ]),
    },
  },
  {
    files: ['engine/calendar/**/*.ts', 'engine/calendar.ts'],
    rules: { 'no-restricted-globals': ['error', ...AMBIENT] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      ...size(500),
      // Matchers and iterators of the outside world speak of any.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'no-restricted-syntax': syntax(IN_TESTS, IN_UNIT_TESTS),
    },
  },
  { files: ['test/**/*.int.test.ts'], rules: { 'no-restricted-syntax': syntax(IN_TESTS) } },
  { files: ['vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
